namespace Kumiko.Posts.Content;

/// <summary>The <c>posts</c> table. Queries that use the constants call it <c>p</c>, and its authors <c>a</c>.</summary>
internal static class PostsTable
{
    /// <summary>The columns of a <see cref="PostRow"/>.</summary>
    public const string Columns = "p.id, p.content, p.user_id, a.name as username, p.version, p.created_at, p.updated_at";

    /// <summary>The posts with their authors' names.</summary>
    public const string From = " from posts p left join authors a on a.id = p.user_id ";

    /// <summary>Selects posts; a condition follows.</summary>
    public const string Select = "select " + Columns + From;

    /// <summary>Reads a post and locks it, so that nobody else changes it before the transaction ends.</summary>
    public static ValueTask<PostRow?> LockPostAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<PostRow>(
            work.ForUpdate("select " + Columns + ", p.new_after is not null as is_new" + From + "where p.id = @Id", of: "p"),
            new { Id = id },
            cancellationToken
        );
}
