using System.Globalization;

namespace Kumiko.Posts.Search;

/// <summary>
/// The tables of the index: <c>search_postings</c>, and <c>search_pending</c> with the changes that it does not contain yet.
/// </summary>
internal static class SearchIndexQuery
{
    /// <summary>Ends a statement on the server even if the caller is gone. Longer than a whole search may take.</summary>
    public const string Hint = "/*+ max_execution_time(3000) */";

    /// <summary>
    /// Queues posts whose text is about to change or go. A condition on <c>posts</c> follows, and the change in the same transaction.
    /// </summary>
    public const string Queue =
        "insert into search_pending (post_id, version, user_id, content_before) select id, version + 1, user_id, content from posts where ";

    // Enough for rows of a few kilobytes, and far below what either database accepts in one statement.
    private const int RowsAStatement = 2_000;

    /// <summary>
    /// Keeps other processes from changing the index until the transaction ends; false if one is changing it. SQLite has only one writer
    /// anyway. The row's number changes with each new kind of gram (M0016_SearchTriples), so that older instances don't fill the index.
    /// </summary>
    public static async ValueTask<bool> LockIndexAsync(this UnitOfWork work, CancellationToken cancellationToken) =>
        await work.ReadFirstAsync<int>(
            work.Sql(
                sqlite: "select id from search_turn where id = 2",
                mySql: "select id from search_turn where id = 2 for update skip locked"
            ),
            null,
            cancellationToken
        ) == 2;

    public static async ValueTask<bool> HasPendingAsync(this DatabaseSession session, CancellationToken cancellationToken) =>
        await session.ReadFirstAsync<bool>("select exists (select 1 from search_pending)", null, cancellationToken);

    // Newest first: a long queue of old posts must not keep today's posts from being found.
    public static ValueTask<List<PendingRow>> ReadPendingAsync(
        this DatabaseSession session,
        int take,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<PendingRow>(
            """
            select s.post_id, s.version, s.user_id, s.content_before, p.content
            from (select post_id, version, user_id, content_before from search_pending order by post_id desc limit @Take) s
            left join posts p on p.id = s.post_id
            order by s.post_id desc
            """,
            new { Take = take },
            cancellationToken
        );

    public static async ValueTask RemovePendingAsync(
        this UnitOfWork work,
        IEnumerable<PendingRow> rows,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            work.Sql(
                sqlite: "delete from search_pending where (post_id, version) in (select value ->> 0, value ->> 1 from json_each(@Rows))",
                mySql: """
                delete s from json_table(@Rows, '$[*]' columns (post_id bigint path '$[0]', version bigint path '$[1]')) r
                straight_join search_pending s on s.post_id = r.post_id and s.version = r.version
                """
            ),
            new { Rows = Pairs(rows.Select(row => (row.PostId, row.Version))) },
            cancellationToken
        );

    /// <summary>The rows of the index at these places, as far as they exist.</summary>
    public static ValueTask<List<PostingRow>> ReadPostingsAsync(
        this DatabaseSession session,
        IEnumerable<(long Segment, long Gram)> places,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<PostingRow>(
            session.Sql(
                sqlite: """
                select p.segment, p.gram, p.posts
                from json_each(@Places) r cross join search_postings p on p.segment = r.value ->> 0 and p.gram = r.value ->> 1
                """,
                mySql: "select "
                    + Hint
                    + """
                     p.segment, p.gram, p.posts
                    from json_table(@Places, '$[*]' columns (segment bigint path '$[0]', gram bigint path '$[1]')) r
                    straight_join search_postings p on p.segment = r.segment and p.gram = r.gram
                    """
            ),
            new { Places = Pairs(places) },
            cancellationToken
        );

    /// <summary>The last segment in the index up to this one; null if there is none.</summary>
    public static ValueTask<long?> ReadLastSegmentAsync(this DatabaseSession session, long upTo, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<long?>(
            "select max(segment) from search_postings where segment <= @UpTo",
            new { UpTo = upTo },
            cancellationToken
        );

    /// <summary>Writes rows of the index, and deletes those that have no posts left.</summary>
    public static async ValueTask WritePostingsAsync(
        this UnitOfWork work,
        IEnumerable<KeyValuePair<(long Segment, long Gram), PostSet>> postings,
        CancellationToken cancellationToken
    )
    {
        // In the order of the table, so that neighbouring rows are written together.
        foreach (var rows in postings.OrderBy(posting => posting.Key).Chunk(RowsAStatement))
        {
            var (gone, kept) = (new List<(long, long)>(), new List<string>());
            foreach (var ((segment, gram), posts) in rows)
            {
                var stored = posts.Write();
                if (stored.Length == 0)
                    gone.Add((segment, gram));
                else
                    kept.Add(string.Create(CultureInfo.InvariantCulture, $"[{segment},{gram},\"{Convert.ToHexString(stored)}\"]"));
            }

            if (kept.Count > 0)
                await work.UpsertAsync($"[{string.Join(',', kept)}]", cancellationToken);
            if (gone.Count > 0)
                await work.DeleteAsync(Pairs(gone), cancellationToken);
        }
    }

    private static async ValueTask UpsertAsync(this UnitOfWork work, string rows, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            work.Sql(
                sqlite: """
                insert or replace into search_postings (segment, gram, posts)
                select value ->> 0, value ->> 1, unhex(value ->> 2) from json_each(@Rows)
                """,
                mySql: """
                insert into search_postings (segment, gram, posts)
                select r.segment, r.gram, unhex(r.posts)
                from json_table(@Rows, '$[*]' columns (segment bigint path '$[0]', gram bigint path '$[1]', posts varchar(2000) character
                set ascii path '$[2]')) r
                on duplicate key update posts = unhex(r.posts)
                """
            ),
            new { Rows = rows },
            cancellationToken
        );

    private static async ValueTask DeleteAsync(this UnitOfWork work, string places, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            work.Sql(
                sqlite: "delete from search_postings where (segment, gram) in (select value ->> 0, value ->> 1 from json_each(@Places))",
                mySql: """
                delete p from json_table(@Places, '$[*]' columns (segment bigint path '$[0]', gram bigint path '$[1]')) r
                straight_join search_postings p on p.segment = r.segment and p.gram = r.gram
                """
            ),
            new { Places = places },
            cancellationToken
        );

    private static string Pairs(IEnumerable<(long, long)> pairs) =>
        $"[{string.Join(',', pairs.Select(pair => string.Create(CultureInfo.InvariantCulture, $"[{pair.Item1},{pair.Item2}]")))}]";

    public sealed record PostingRow
    {
        public long Segment { get; init; }
        public long Gram { get; init; }
        public byte[] Posts { get; init; } = [];
    }

    public sealed record PendingRow
    {
        public long PostId { get; init; }
        public long Version { get; init; }
        public long UserId { get; init; }
        public string? ContentBefore { get; init; }
        public string? Content { get; init; }
    }
}
