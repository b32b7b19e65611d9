using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.DeletePost;

internal static class DeletePostQuery
{
    public static ValueTask<PostRow?> LockPostToDeleteAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<PostRow>(
            work.ForUpdate(
                "select p.id, p.user_id, a.name as username, p.version from posts p left join authors a on a.id = p.user_id where p.id = @Id",
                of: "p"
            ),
            new { Id = id },
            cancellationToken
        );

    public static async ValueTask DeletePostAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            insert into search_pending (post_id, version, user_id, content_before) select id, version + 1, user_id, content from posts where id = @Id;
            delete from posts where id = @Id
            """,
            new { Id = id },
            cancellationToken
        );
}
