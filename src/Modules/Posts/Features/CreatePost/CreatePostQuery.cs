using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.CreatePost;

internal static class CreatePostQuery
{
    // A shared lock, so that the author cannot be deleted before the post is committed.
    public static ValueTask<AuthorRow?> ReadAuthorAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<AuthorRow>(
            work.ForShare("select name, is_deleted from authors where id = @Id"),
            new { Id = id },
            cancellationToken
        );

    // The table of pending rows has no generated ids, so the last id is still that of the post, on both databases.
    public static async ValueTask<long> InsertPostAsync(this UnitOfWork work, PostRow post, CancellationToken cancellationToken) =>
        await work.ReadFirstAsync<long>(
            work.Sql(
                sqlite: """
                insert into posts (user_id, content, version, created_at, updated_at)
                values (@UserId, @Content, @Version, @CreatedAt, @UpdatedAt);
                insert into search_pending (post_id, version, user_id) values (last_insert_rowid(), @Version, @UserId);
                select last_insert_rowid()
                """,
                mySql: """
                insert into posts (user_id, content, version, created_at, updated_at)
                values (@UserId, @Content, @Version, @CreatedAt, @UpdatedAt);
                insert into search_pending (post_id, version, user_id) values (last_insert_id(), @Version, @UserId);
                select last_insert_id()
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

    public sealed record AuthorRow
    {
        public string? Name { get; init; }
        public bool IsDeleted { get; init; }
    }
}
