using System.Text.Json;

namespace Kumiko.Posts.Changes;

internal static class ChangesQuery
{
    /// <summary>The columns of a change without a number.</summary>
    public const string Columns = "post_id, version, kind, user_id, created_at, updated_at, changed_at";

    /// <summary>The values of these columns for the creation of a post <c>p</c>.</summary>
    public const string Creation = "p.id, 1, '" + ChangeKind.Created + "', p.user_id, p.created_at, p.created_at, p.created_at";

    private const string InsertCreated = "insert into post_changes (" + Columns + ", seq) select " + Creation + ", ";
    private const string QueueCreated = "; insert into search_pending (post_id, version, user_id) select p.id, 1, p.user_id from ";
    private const string SqlitePosts = "json_each(@Posts) n cross join posts p on p.id = n.value ->> 'Id'";
    private const string MySqlPosts = """
        json_table(@Posts, '$[*]' columns (id bigint path '$.Id', seq bigint path '$.Seq')) n
        straight_join posts p force index (primary) on p.id = n.id
        """;

    /// <summary>Whether there are committed changes without a number.</summary>
    public static async ValueTask<bool> HasUnnumberedAsync(this DatabaseSession session, CancellationToken cancellationToken) =>
        await session.ReadFirstAsync<bool>(
            "select exists (select 1 from posts where new_after is not null) or exists (select 1 from post_changes where seq is null)",
            null,
            cancellationToken
        );

    public static ValueTask<long> LockCounterAsync(this UnitOfWork work, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<long>(work.ForUpdate("select last_seq from post_change_counter where id = 1"), null, cancellationToken);

    /// <summary>The first committed changes without a number, of each kind as many as this, by place and id.</summary>
    // One statement, so that both kinds are as they were at one moment. A plain read skips uncommitted changes of others, whereas a locking
    // read would wait for them.
    public static ValueTask<List<UnnumberedChange>> ReadUnnumberedAsync(
        this UnitOfWork work,
        int take,
        CancellationToken cancellationToken
    ) =>
        work.ReadAllAsync<UnnumberedChange>(
            """
            select is_post, id, place from (
                select 0 as is_post, id, id as place from post_changes where seq is null order by id limit @Take) logged
            union all
            select is_post, id, place from (
                select 1 as is_post, id, new_after as place from posts where new_after is not null order by new_after, id limit @Take) new
            """,
            new { Take = take },
            cancellationToken
        );

    /// <summary>Waits for those who are changing these posts, and returns the ids of the posts that are still new.</summary>
    // In the order of their ids, as whoever deletes all posts of an author locks them. The primary key is named, since the server reads a
    // small table whole and would wait for every row that somebody has locked.
    public static ValueTask<List<long>> LockNewPostsAsync(
        this UnitOfWork work,
        IEnumerable<long> posts,
        CancellationToken cancellationToken
    ) =>
        work.ReadAllAsync<long>(
            work.Sql(
                sqlite: "select value from json_each(@Ids)",
                mySql: """
                select p.id from json_table(@Ids, '$[*]' columns (id bigint path '$')) n
                straight_join posts p force index (primary) on p.id = n.id where p.new_after is not null for update of p
                """
            ),
            new { Ids = JsonSerializer.Serialize(posts.Order(), ChangesJson.Default.IEnumerableInt64) },
            cancellationToken
        );

    /// <summary>Numbers changes that are in the log.</summary>
    public static async ValueTask NumberAsync(
        this UnitOfWork work,
        IEnumerable<NumberedChange> changes,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            work.Sql(
                sqlite: """
                update post_changes set seq = n.value ->> 'Seq' from json_each(@Changes) n where post_changes.id = n.value ->> 'Id'
                """,
                mySql: """
                update json_table(@Changes, '$[*]' columns (id bigint path '$.Id', seq bigint path '$.Seq')) n
                straight_join post_changes c force index (primary) on c.id = n.id set c.seq = n.seq
                """
            ),
            new { Changes = Json(changes) },
            cancellationToken
        );

    /// <summary>Adds the creations of posts to the log, with their numbers, and queues the posts for the search index.</summary>
    public static async ValueTask AddCreatedAsync(
        this UnitOfWork work,
        IEnumerable<NumberedChange> posts,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            work.Sql(
                sqlite: InsertCreated
                    + "n.value ->> 'Seq' from "
                    + SqlitePosts
                    + QueueCreated
                    + SqlitePosts
                    + "; update posts set new_after = null where id in (select value ->> 'Id' from json_each(@Posts))",
                mySql: InsertCreated
                    + "n.seq from "
                    + MySqlPosts
                    + QueueCreated
                    + MySqlPosts
                    + "; update "
                    + MySqlPosts
                    + " set p.new_after = null"
            ),
            new { Posts = Json(posts) },
            cancellationToken
        );

    public static void MoveCounter(this UnitOfWork work, long last) =>
        work.ExecuteAtCommit("update post_change_counter set last_seq = @Last where id = 1", new { Last = last });

    // The text of an earlier version is gone. The page is cut before the joins: with few authors MySQL would otherwise join and sort
    // everything newer.
    public static ValueTask<List<ChangeRow>> ReadChangesAsync(
        this DatabaseSession session,
        long after,
        int take,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<ChangeRow>(
            """
            select c.seq, c.post_id, c.kind, c.user_id, a.name as username, p.content, c.created_at, c.updated_at
            from (select * from post_changes where seq > @After order by seq limit @Take) c
            left join authors a on a.id = c.user_id left join posts p on p.id = c.post_id and p.version = c.version
            order by c.seq
            """,
            new { After = after, Take = take },
            cancellationToken
        );

    public static async ValueTask<ChangeRange> ReadRangeAsync(this DatabaseSession session, CancellationToken cancellationToken) =>
        (
            await session.ReadFirstAsync<ChangeRange>(
                "select last_seq as newest, (select min(seq) from post_changes) as oldest from post_change_counter where id = 1",
                null,
                cancellationToken
            )
        )!;

    private static string Json(IEnumerable<NumberedChange> changes) =>
        JsonSerializer.Serialize(changes, ChangesJson.Default.IEnumerableNumberedChange);
}
