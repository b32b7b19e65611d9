namespace Kumiko.Posts.Changes;

/// <summary>The range of changes that can be replayed.</summary>
internal sealed record ChangeRange
{
    /// <summary>The first change that is kept; null if none is.</summary>
    public long? Oldest { get; init; }

    /// <summary>The last change that was numbered, kept or not; 0 if there never was one.</summary>
    public long Newest { get; init; }

    /// <summary>Whether everything after this change is kept. A number beyond the newest comes from another database.</summary>
    public bool CanResumeAfter(long seq) => seq <= Newest && seq >= (Oldest ?? (Newest + 1)) - 1;
}
