using MySqlConnector;

namespace Kumiko.Chaos;

/// <summary>Checks the databases at the end: what must be there is there once, and nothing else is.</summary>
public static class Proof
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits until every event has been delivered and has taken effect. Fails if that doesn't happen.</summary>
    public static async Task<string> AllEventsTookEffectAsync(DurableMySql server)
    {
        await using var connection = await server.OpenAsync();
        var (posts, identity) = (await DatabaseAsync(connection, "posts"), await DatabaseAsync(connection, "identity"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        string[] open =
        [
            $"select count(*) from {identity}.outbox where delivered_at is null",
            $"select count(*) from {posts}.outbox where delivered_at is null",
            $"select count(*) from {identity}.outbox o where o.name like 'identity.%' and not exists (select 1 from {posts}.inbox i "
                + "where i.event_id = o.event_id)",
            $"select count(*) from {posts}.outbox o where not exists (select 1 from {identity}.inbox i where i.event_id = o.event_id)",
        ];
        foreach (var query in open)
        {
            while (await CountAsync(connection, query) is var left and > 0)
            {
                Assert.True(clock.Elapsed < Patience, $"{left} events never took effect: {query}");
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
        }

        // The inbox's key keeps an event from taking effect twice in the same handler. The inbox must hold nothing else.
        Assert.Equal(
            0,
            await CountAsync(
                connection,
                $"select count(*) from {posts}.inbox i where not exists (select 1 from {identity}.outbox o where o.event_id = i.event_id)"
            )
        );
        Assert.Equal(
            0,
            await CountAsync(
                connection,
                $"select count(*) from (select event_id from {posts}.inbox group by event_id having count(*) > 1) twice"
            )
        );
        Assert.Equal(0, await CountAsync(connection, $"select count(*) from {posts}.parked_events"));
        Assert.Equal(0, await CountAsync(connection, $"select count(*) from {identity}.parked_events"));
        var events =
            await CountAsync(connection, $"select count(*) from {identity}.outbox")
            + await CountAsync(connection, $"select count(*) from {posts}.outbox");
        var again = await CountAsync(connection, $"select coalesce(sum(attempts - 1), 0) from {identity}.outbox where attempts > 1");
        return $"{events} events took effect, {again} were handed over again, the last {clock.Elapsed.TotalSeconds:0.0} s after all was up";
    }

    /// <summary>Asserts that the databases hold what was acknowledged, once, and nothing of deleted users.</summary>
    public static async Task HoldsAsync(DurableMySql server, Ledger ledger)
    {
        await using var connection = await server.OpenAsync();
        var posts = await DatabaseAsync(connection, "posts");
        var kept = await PairsAsync(connection, $"select id, content from {posts}.posts");
        var lost = ledger.Posts.Where(post => !kept.TryGetValue(post.Key, out var content) || content != post.Value).ToList();
        Assert.True(lost.Count == 0, $"{lost.Count} acknowledged posts are lost, the first {lost.FirstOrDefault()}");
        var more = kept.Where(post => !ledger.Posts.ContainsKey(post.Key)).ToList();
        Assert.True(
            more.Count == 0,
            $"{more.Count} posts are there that were not acknowledged or were to go, the first {more.FirstOrDefault()}"
        );
        Assert.Equal(kept.Count, kept.Values.Distinct().Count());

        var users = await UsersAsync(connection);
        Assert.All(ledger.Names, name => Assert.Equal(name.Value, users[name.Key]));
        Assert.All(ledger.Deleted, deleted => Assert.False(users.ContainsKey(deleted.Key)));
        Assert.Equal(users, await AuthorsAsync(connection));
    }

    /// <summary>
    /// Waits until Posts knows the expected number of authors, and asserts that they are Identity's users with the same names.
    /// </summary>
    public static async Task AllUsersAreKnownAsync(DurableMySql server, int count)
    {
        await using var connection = await server.OpenAsync();
        for (var left = 150; left > 0 && (await AuthorsAsync(connection)).Count < count; left--)
            await Task.Delay(200, TestContext.Current.CancellationToken);
        var users = await UsersAsync(connection);
        Assert.Equal(count, users.Count);
        Assert.Equal(users, await AuthorsAsync(connection));
    }

    public static async Task RunAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<string> DatabaseAsync(MySqlConnection connection, string module)
    {
        await using var command = new MySqlCommand(
            "select schema_name from information_schema.schemata where schema_name like @name",
            connection
        );
        command.Parameters.AddWithValue("name", $"kumiko\\_{module}\\_%");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The roles of users.</summary>
    public static async Task<SortedDictionary<long, string>> RolesAsync(DurableMySql server, IEnumerable<long> ids)
    {
        await using var connection = await server.OpenAsync();
        return await PairsAsync(
            connection,
            $"select id, role from {await DatabaseAsync(connection, "identity")}.users where id in ({string.Join(", ", ids)})"
        );
    }

    /// <summary>How many entries of the audit trail have an action.</summary>
    public static async Task<long> CountOfAuditAsync(DurableMySql server, string action)
    {
        await using var connection = await server.OpenAsync();
        var identity = await DatabaseAsync(connection, "identity");
        return await CountAsync(connection, $"select count(*) from {identity}.audit_entries where action = '{action}'");
    }

    public static async Task<long> CountAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<SortedDictionary<long, string>> UsersAsync(MySqlConnection connection) =>
        await PairsAsync(connection, $"select id, username from {await DatabaseAsync(connection, "identity")}.users");

    private static async Task<SortedDictionary<long, string>> AuthorsAsync(MySqlConnection connection) =>
        await PairsAsync(connection, $"select id, name from {await DatabaseAsync(connection, "posts")}.authors where is_deleted = 0");

    private static async Task<SortedDictionary<long, string>> PairsAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var pairs = new SortedDictionary<long, string>();
        while (await reader.ReadAsync())
            pairs.Add(reader.GetInt64(0), reader.GetString(1));
        return pairs;
    }
}
