using Kumiko.BuildingBlocks.Data;
using Kumiko.Posts.Search;

namespace Kumiko.Posts.Features.ListPosts;

internal static class ListPostsQuery
{
    private const string Columns = "select p.id, p.content, p.user_id, a.name as username, p.created_at, p.updated_at";

    private const string HoldsTerms =
        """
         not exists (
            select 1
            from json_table(@Terms, '$[*]' columns (term varchar(1000) character set utf8mb4 collate utf8mb4_0900_bin path '$')) t
            where locate(t.term, p.search_text) = 0)
        """;

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

    // FTS5 walks its rowids downwards by itself, so this stops at the limit.
    public static ValueTask<List<PostRow>> FindPostsOnSqliteAsync(
        this DatabaseSession session, string match, long? userId, long before, int take, CancellationToken cancellation) => session.ReadAllAsync<PostRow>(
        Columns + """
             from posts_search s join posts p on p.id = s.rowid left join authors a on a.id = p.user_id
            where posts_search match @Match and s.rowid < @Before and (@UserId is null or p.user_id = @UserId)
            order by s.rowid desc limit @Take
            """,
        new { Match = match, UserId = userId, Before = before, Take = take },
        cancellation);

    /// <summary>Looks at the newest posts one by one. Full-text search reads and sorts every hit before it gives the newest; for a common term this is far cheaper.</summary>
    public static ValueTask<List<PostRow>> FindAmongNewestOnMySqlAsync(
        this DatabaseSession session, MySqlSearch search, long? userId, long before, int take, CancellationToken cancellation) => session.ReadAllAsync<PostRow>(
        userId is null
            ? Columns + """
                 from (select id from posts where id < @Before order by id desc limit 2000) newest
                join posts p on p.id = newest.id left join authors a on a.id = p.user_id
                where
                """ + HoldsTerms + " order by p.id desc limit @Take"
            : Columns + """
                 from (select id from posts where user_id = @UserId and id < @Before order by id desc limit 2000) newest
                join posts p on p.id = newest.id left join authors a on a.id = p.user_id
                where
                """ + HoldsTerms + " order by p.id desc limit @Take",
        new { search.Terms, UserId = userId, Before = before, Take = take },
        cancellation);

    public static ValueTask<List<PostRow>> FindPostsOnMySqlAsync(
        this DatabaseSession session, MySqlSearch search, long? userId, long before, int take, CancellationToken cancellation) => session.ReadAllAsync<PostRow>(
        Columns + """
             from posts p left join authors a on a.id = p.user_id
            where match (p.search_text) against (@Match in boolean mode) and p.id < @Before and (@UserId is null or p.user_id = @UserId) and
            """ + HoldsTerms + " order by p.id desc limit @Take",
        new { search.Match, search.Terms, UserId = userId, Before = before, Take = take },
        cancellation);
}
