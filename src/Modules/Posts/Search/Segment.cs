namespace Kumiko.Posts.Search;

/// <summary>
/// A range of 4,096 post ids. The index has one row for each gram of a segment instead of one for each gram of a post: a common gram takes
/// one row for thousands of posts, and posts written together are stored together.
/// </summary>
internal static class Segment
{
    private const int Bits = 12;

    /// <summary>The number of ids in a segment.</summary>
    public const int Size = 1 << Bits;

    /// <summary>The segment of a post.</summary>
    public static long Of(long postId) => postId >> Bits;

    /// <summary>The place of a post in its segment.</summary>
    public static int Place(long postId) => (int)(postId & (Size - 1));

    /// <summary>The post at a place in a segment.</summary>
    public static long PostAt(long segment, int place) => (segment << Bits) + place;
}
