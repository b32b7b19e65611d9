namespace Kumiko.Posts.Search;

/// <summary>
/// A range of 4,096 ids of posts. The index has a row for each gram of a segment and not for each of a post: what is common takes one row
/// for thousands of posts, and what is written together stands together.
/// </summary>
internal static class Segment
{
    private const int Bits = 12;

    /// <summary>How many ids a segment has.</summary>
    public const int Size = 1 << Bits;

    /// <summary>The segment of a post.</summary>
    public static long Of(long postId) => postId >> Bits;

    /// <summary>The place of a post in its segment.</summary>
    public static int Place(long postId) => (int)(postId & (Size - 1));

    /// <summary>The post at a place in a segment.</summary>
    public static long PostAt(long segment, int place) => (segment << Bits) + place;
}
