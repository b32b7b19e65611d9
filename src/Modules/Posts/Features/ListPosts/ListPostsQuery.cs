using Kumiko.BuildingBlocks.Data;

namespace Kumiko.Posts.Features.ListPosts;

internal static class ListPostsQuery
{
    private const string Columns = "select p.id, p.content, p.user_id, a.name as username, p.version, p.created_at, p.updated_at";

    public static ValueTask<List<PostRow>> ReadPostsAsync(this DatabaseSession session, long? userId, long before, int take, CancellationToken cancellation) =>
        userId is null
            ? session.ReadAllAsync<PostRow>(
                Columns + """
                 from posts p left join authors a on a.id = p.user_id
                where p.id < @Before
                order by p.id desc limit @Take
                """,
                new { Before = before, Take = take },
                cancellation)
            : session.ReadAllAsync<PostRow>(
                Columns + """
                 from posts p left join authors a on a.id = p.user_id
                where p.user_id = @UserId and p.id < @Before
                order by p.id desc limit @Take
                """,
                new { UserId = userId, Before = before, Take = take },
                cancellation);

    public static ValueTask<List<PostRow>> FindPostsAsync(
        this DatabaseSession session, string match, long? userId, long before, int take, CancellationToken cancellation) => session.ReadAllAsync<PostRow>(
        session.Sql(
            // FTS5 walks its rowids downwards by itself, so this stops at the limit.
            sqlite: Columns + """
                 from posts_search s join posts p on p.id = s.rowid left join authors a on a.id = p.user_id
                where posts_search match @Match and s.rowid < @Before and (@UserId is null or p.user_id = @UserId)
                order by s.rowid desc limit @Take
                """,
            mySql: Columns + """
                 from posts p left join authors a on a.id = p.user_id
                where match (p.search_text) against (@Match in boolean mode) and p.id < @Before and (@UserId is null or p.user_id = @UserId)
                order by p.id desc limit @Take
                """),
        new { Match = match, UserId = userId, Before = before, Take = take },
        cancellation);
}
