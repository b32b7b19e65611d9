namespace Kumiko.Posts.Changes;

/// <summary>What happened to a post, as the database and the events name it.</summary>
internal static class ChangeKind
{
    public const string Created = "created";
    public const string Updated = "updated";
    public const string Deleted = "deleted";
}
