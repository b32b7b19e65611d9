using System.Text.Json;

namespace Kumiko.Posts.Changes;

internal static class ChangesQuery
{
    public static async ValueTask<bool> HasUnnumberedAsync(this DatabaseSession session, CancellationToken cancellationToken) =>
        await session.ReadFirstAsync<bool>("select exists (select 1 from post_changes where seq is null)", null, cancellationToken);

    public static ValueTask<long> LockCounterAsync(this UnitOfWork work, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<long>(work.ForUpdate("select last_seq from post_change_counter where id = 1"), null, cancellationToken);

    // A plain read skips uncommitted changes of others, whereas a locking read would wait for them.
    public static ValueTask<List<long>> ReadUnnumberedAsync(this UnitOfWork work, int take, CancellationToken cancellationToken) =>
        work.ReadAllAsync<long>(
            "select id from post_changes where seq is null order by id limit @Take",
            new { Take = take },
            cancellationToken
        );

    public static async ValueTask NumberAsync(this UnitOfWork work, List<long> ids, long last, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            work.Sql(
                sqlite: """
                update post_changes set seq = @Last + 1 + numbered.key from json_each(@Ids) numbered where post_changes.id = numbered.value;
                update post_change_counter set last_seq = @Last + @Count where id = 1
                """,
                mySql: """
                update post_changes c
                join json_table(@Ids, '$[*]' columns (place for ordinality, id bigint path '$')) numbered on numbered.id = c.id
                set c.seq = @Last + numbered.place;
                update post_change_counter set last_seq = @Last + @Count where id = 1
                """
            ),
            new
            {
                Ids = JsonSerializer.Serialize(ids, ChangesJson.Default.ListInt64),
                Last = last,
                ids.Count,
            },
            cancellationToken
        );
    }

    // The page is cut before the join: with few authors MySQL would otherwise join and sort everything newer.
    public static ValueTask<List<ChangeRow>> ReadChangesAsync(
        this DatabaseSession session,
        long after,
        int take,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<ChangeRow>(
            """
            select c.seq, c.post_id, c.kind, c.user_id, a.name as username, c.content, c.created_at, c.updated_at
            from (select * from post_changes where seq > @After order by seq limit @Take) c left join authors a on a.id = c.user_id
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
}
