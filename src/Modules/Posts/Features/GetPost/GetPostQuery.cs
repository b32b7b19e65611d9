using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.GetPost;

internal static class GetPostQuery
{
    public static ValueTask<PostRow?> ReadPostAsync(this DatabaseSession session, long id, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<PostRow>(
            """
            select p.id, p.content, p.user_id, a.name as username, p.version, p.created_at, p.updated_at
            from posts p left join authors a on a.id = p.user_id
            where p.id = @Id
            """,
            new { Id = id },
            cancellationToken
        );
}
