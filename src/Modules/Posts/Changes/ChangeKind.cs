namespace Kumiko.Posts.Changes;

/// <summary>The kinds of changes to posts and authors, as named in the database and in events.</summary>
internal static class ChangeKind
{
    public const string Created = "created";
    public const string Updated = "updated";
    public const string Deleted = "deleted";

    /// <summary>The author changed their name; the change belongs to no single post.</summary>
    public const string Renamed = "renamed";
}
