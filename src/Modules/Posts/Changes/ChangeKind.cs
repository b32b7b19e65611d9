namespace Kumiko.Posts.Changes;

/// <summary>What happened to a post or its author, as the database and the events name it.</summary>
internal static class ChangeKind
{
    public const string Created = "created";
    public const string Updated = "updated";
    public const string Deleted = "deleted";

    /// <summary>The author goes by another name; it is a change of no post in particular.</summary>
    public const string Renamed = "renamed";
}
