namespace Kumiko.Posts.Changes;

/// <summary>Which changes can be told again.</summary>
internal sealed record ChangeRange
{
    /// <summary>The first one that is kept; null if none is.</summary>
    public long? Oldest { get; init; }

    /// <summary>The last one that was given a number, kept or not; 0 if none ever was.</summary>
    public long Newest { get; init; }

    /// <summary>Whether everything after this one is kept. One that is beyond the newest comes from another database.</summary>
    public bool GoesOnFrom(long seq) => seq <= Newest && seq >= (Oldest ?? (Newest + 1)) - 1;
}
