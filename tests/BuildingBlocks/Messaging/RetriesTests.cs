using System.Text.Json;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.TestDatabases;
using MySqlConnector;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Messaging;

public sealed class RetriesTests
{
    /// <summary>The databases that abort a statement by themselves. SQLite runs in the process and doesn't.</summary>
    public static TheoryData<DatabaseProvider> Servers => TestDatabase.Servers;

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_statement_that_times_out_counts_as_an_attempt(DatabaseProvider provider)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateEmptyAsync(new LedgerModule(), provider, cancellationToken);
        await using var connection = new MySqlConnection($"{database.Settings.ConnectionString("ledger")};Default Command Timeout=1");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "select count(*) from information_schema.columns a, information_schema.columns b, information_schema.columns c";

        var failure = await Assert.ThrowsAsync<MySqlException>(() => command.ExecuteScalarAsync(cancellationToken));

        Assert.False(Retries.IsExhausted(7, failure));
        Assert.True(Retries.IsExhausted(8, failure));
    }

    [Fact]
    public void An_unreadable_event_is_tried_once()
    {
        Assert.True(Retries.IsExhausted(1, new JsonException()));
        Assert.False(Retries.IsExhausted(1, new InvalidOperationException()));
    }
}
