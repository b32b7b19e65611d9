using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.ListPosts;

internal static class ListPostsQuery
{
    private const string Columns = "select p.id, p.content, p.user_id, a.name as username, p.created_at, p.updated_at";

    public static ValueTask<List<PostRow>> ReadPostsAsync(
        this DatabaseSession session,
        long? userId,
        long before,
        int take,
        CancellationToken cancellationToken
    ) =>
        userId is null
            ? session.ReadAllAsync<PostRow>(
                Columns
                    + """
                     from posts p left join authors a on a.id = p.user_id
                    where p.id < @Before
                    order by p.id desc limit @Take
                    """,
                new { Before = before, Take = take },
                cancellationToken
            )
            : session.ReadAllAsync<PostRow>(
                Columns
                    + """
                     from posts p left join authors a on a.id = p.user_id
                    where p.user_id = @UserId and p.id < @Before
                    order by p.id desc limit @Take
                    """,
                new
                {
                    UserId = userId,
                    Before = before,
                    Take = take,
                },
                cancellationToken
            );
}
