using System.Globalization;
using MySqlConnector;

namespace Kumiko.Bench.Load.Data;

/// <summary>Events about accounts in Identity's outbox, written by plain SQL, and their effects in Posts' database.</summary>
internal sealed class EventTables : IDisposable
{
    // Beyond the ids of accounts that the Host creates.
    private const int FirstUser = 1_000_000;

    private readonly MySqlConnection _identity;
    private readonly MySqlConnection _posts;

    public EventTables(BenchDatabase database)
    {
        _identity = (MySqlConnection)database.Open("identity");
        _posts = (MySqlConnection)database.Open("posts");
    }

    /// <summary>Adds one event about each of these accounts, in one transaction.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="first">The number of the first account, from 0.</param>
    /// <param name="count">The number of accounts.</param>
    /// <param name="version">The version of the account that the event names.</param>
    public async Task AddAsync(string name, int first, int count, int version)
    {
        await using var command = _identity.CreateCommand();
        command.CommandText = """
            insert into outbox (event_id, name, body, created_at, attempts, next_attempt_at)
            with recursive n (i) as (select @first union all select i + 1 from n where i + 1 < @end)
            select uuid(), @name, concat('{"user_id":', i, ',"username":"', 'user-', i, '-', @version, '","version":', @version, '}'),
                utc_timestamp(3), 0, utc_timestamp(3)
            from n
            """;
        command.Parameters.AddWithValue("name", name);
        command.Parameters.AddWithValue("first", FirstUser + first);
        command.Parameters.AddWithValue("end", FirstUser + first + count);
        command.Parameters.AddWithValue("version", version);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many accounts are known with this version.</summary>
    public async Task<long> CountAsync(int version)
    {
        await using var command = _posts.CreateCommand();
        command.CommandText = "select count(*) from authors where id >= @first and version >= @version";
        command.Parameters.AddWithValue("first", FirstUser);
        command.Parameters.AddWithValue("version", version);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>The known accounts from one number on.</summary>
    public async Task<List<int>> ReadAsync(int first)
    {
        await using var command = _posts.CreateCommand();
        command.CommandText = "select id from authors where id >= @first";
        command.Parameters.AddWithValue("first", FirstUser + first);
        await using var reader = await command.ExecuteReaderAsync();
        var known = new List<int>();
        while (await reader.ReadAsync())
            known.Add((int)reader.GetInt64(0) - FirstUser);
        return known;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _identity.Dispose();
        _posts.Dispose();
    }
}
