using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.UpdatePost;

internal static class UpdatePostQuery
{
    public static ValueTask<PostRow?> LockPostToUpdateAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<PostRow>(
            work.ForUpdate(
                """
                select p.id, p.content, p.user_id, a.name as username, p.version, p.created_at, p.updated_at
                from posts p left join authors a on a.id = p.user_id
                where p.id = @Id
                """,
                of: "p"
            ),
            new { Id = id },
            cancellationToken
        );

    public static async ValueTask UpdatePostAsync(this UnitOfWork work, PostRow post, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            insert into search_pending (post_id, version, user_id, content_before) select id, @Version, user_id, content from posts where id = @Id;
            update posts set content = @Content, version = @Version, updated_at = @UpdatedAt where id = @Id
            """,
            new
            {
                post.Id,
                post.Content,
                post.Version,
                post.UpdatedAt,
            },
            cancellationToken
        );
}
