using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.CreatePost;

internal static class CreatePostQuery
{
    // The author's row is shared, so that the author is not deleted before the post is committed. SQLite has one writer at a time.
    private const string InsertOfAuthor = """
        insert into posts (user_id, content, version, created_at, updated_at, new_after)
        select id, @Content, @Version, @CreatedAt, @UpdatedAt, (select coalesce(max(id), 0) from post_changes) from authors
        where id = @UserId and (name = @Username or @Username is null) and not is_deleted
        """;

    /// <summary>
    /// Inserts a post that <see cref="Streaming.ChangeSequencer"/> then adds to the change log.
    /// </summary>
    /// <returns>The post's id; null if there is no author of this name, or, for a post without a name, no author at all.</returns>
    public static ValueTask<long?> InsertPostAsync(this UnitOfWork work, PostRow post, CancellationToken cancellationToken) =>
        work.TryInsertAsync(
            work.Sql(sqlite: InsertOfAuthor, mySql: InsertOfAuthor + " for share"),
            new
            {
                post.UserId,
                post.Username,
                post.Content,
                post.Version,
                post.CreatedAt,
                post.UpdatedAt,
            },
            cancellationToken
        );

    // Without a lock: others may share the row of an author who is deleted.
    public static ValueTask<bool> HasAuthorAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<bool>("select exists (select 1 from authors where id = @Id)", new { Id = id }, cancellationToken);

    public static ValueTask<string?> ReadNameAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<string>("select name from authors where id = @Id", new { Id = id }, cancellationToken);
}
