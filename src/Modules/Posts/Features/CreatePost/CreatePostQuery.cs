using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.CreatePost;

internal static class CreatePostQuery
{
    /// <summary>
    /// Inserts a post with the name of its author, in one round trip. It returns null, and inserts nothing, if the author is unknown or
    /// deleted.
    /// </summary>
    public static ValueTask<InsertedRow?> InsertPostAsync(this UnitOfWork work, PostRow post, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<InsertedRow>(
            // The table of pending rows has no generated ids, so the last id is still that of the post.
            work.Sql(
                sqlite: """
                insert into posts (user_id, content, version, created_at, updated_at)
                select id, @Content, @Version, @CreatedAt, @UpdatedAt from authors where id = @UserId and not is_deleted;
                insert into search_pending (post_id, version, user_id) select last_insert_rowid(), @Version, @UserId where changes() = 1;
                select last_insert_rowid() as id, name from authors where id = @UserId and changes() = 1
                """,
                // The author's row is shared, so that the author is not deleted before the post is committed.
                mySql: """
                insert into posts (user_id, content, version, created_at, updated_at)
                select id, @Content, @Version, @CreatedAt, @UpdatedAt from authors where id = @UserId and not is_deleted for share;
                insert into search_pending (post_id, version, user_id) select last_insert_id(), @Version, @UserId where row_count() = 1;
                select last_insert_id() as id, name from authors where id = @UserId and row_count() = 1
                """
            ),
            new
            {
                post.UserId,
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

    public sealed record InsertedRow
    {
        public long Id { get; init; }
        public string? Name { get; init; }
    }
}
