using Microsoft.Data.Sqlite;

namespace Kumiko.Contract.Sqlite;

/// <summary>The command that replays parked events, in a process that does not serve.</summary>
public class EventsCommandTests
{
    [Fact]
    public async Task A_parked_removal_of_a_post_is_recorded_when_it_is_replayed()
    {
        await using var installation = await new Topology().InstallAsync();
        await using (var host = await installation.StartAsync())
        {
            using var anyone = new Caller(host.Address);
            await Person.JoinAsync(anyone, "alice");
            await ParkAsync(installation, "PostRemovedHandler", "identity.post_removed");
        }

        Assert.Contains("is intact: 2 entries", await installation.RunAsync("audit verify"), StringComparison.Ordinal);
        Assert.Contains("1 done, 0 failed", await installation.RunAsync("events replay --all"), StringComparison.Ordinal);
        Assert.Contains("is intact: 3 entries", await installation.RunAsync("audit verify"), StringComparison.Ordinal);
    }

    private static async Task ParkAsync(Installation installation, string handler, string name)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(installation.Folder, "data", "identity.db")};Pooling=False;Default Timeout=10"
        );
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var insert = connection.CreateCommand();
        insert.CommandText = """
            insert into parked_events (event_id, handler, name, body, created_at, attempts, error, parked_at)
            values ('1', @Handler, @Name, @Body, @Now, 10, 'The database was away.', @Now)
            """;
        insert.Parameters.AddWithValue("@Handler", handler);
        insert.Parameters.AddWithValue("@Name", name);
        insert.Parameters.AddWithValue(
            "@Body",
            """{"post_id":1,"author_id":1,"moderator_id":2,"session_id":3,"at":"2026-01-01T00:00:00Z","client":null}"""
        );
        insert.Parameters.AddWithValue("@Now", "2026-01-01 00:00:00");
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
