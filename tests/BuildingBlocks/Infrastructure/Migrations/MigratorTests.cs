using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.TestDatabases;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Infrastructure.Migrations;

public sealed class MigratorTests
{
    public static TheoryData<DatabaseProvider> Providers => TestDatabase.Providers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_schema_goes_up_and_back_and_up_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        var full = await TablesAsync(database);
        // The newest migration adds this table.
        await database.Migrator.DownAsync(1, Cancellation);
        Assert.Equal(full.Except(["outbox"]), await TablesAsync(database));

        await database.Migrator.DownAsync(100, Cancellation);
        Assert.Empty(await TablesAsync(database));

        await database.Migrator.UpAsync(Cancellation);
        Assert.Equal(full, await TablesAsync(database));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Many_processes_that_start_together_migrate_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(new LedgerModule(), provider, Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => database.Migrator.UpAsync(Cancellation), Cancellation)));

        await using var process = new LedgerProcess(database);
        await using var session = await process.Database.OpenAsync(Cancellation);
        Assert.Equal(
            [1, 2, 3, 4, 5],
            await session.ReadAllAsync<long>("select version from schema_versions order by version", null, Cancellation)
        );
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_migration_that_was_interrupted_runs_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database);
        await using var session = await process.Database.OpenAsync(Cancellation);
        var full = await IndexesAsync(session);
        Assert.Contains("ix_outbox_delivered_by", full);
        await session.ExecuteAsync(
            session.Sql(sqlite: "drop index ix_outbox_delivered_by", mySql: "drop index ix_outbox_delivered_by on outbox"),
            null,
            Cancellation
        );
        await session.ExecuteAsync("delete from schema_versions where version = 5", null, Cancellation);

        await database.Migrator.UpAsync(Cancellation);

        Assert.Equal(full, await IndexesAsync(session));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_schema_that_is_older_than_the_program_is_refused_with_a_sentence(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await database.Migrator.CheckAsync(Cancellation);
        await database.Migrator.DownAsync(1, Cancellation);

        var refused = await Assert.ThrowsAsync<InvalidSettingException>(() => database.Migrator.CheckAsync(Cancellation));
        Assert.Contains("run 'migrate'", refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<DatabaseProvider, int> ProvidersAndMilliseconds => TestDatabase.ProvidersWith(0, 7, 120, 999);

    [Theory]
    [MemberData(nameof(ProvidersAndMilliseconds))]
    public async Task Text_and_times_come_back_as_they_were_written(DatabaseProvider provider, int milliseconds)
    {
        const string Text = "組子 👩‍👩‍👧 e\u0301 \u202Eabc";
        var time = new DateTimeOffset(2026, 11, 24, 21, 36, 1, milliseconds, TimeSpan.FromHours(9));
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database);
        await using var session = await process.Database.OpenAsync(Cancellation);
        var id = await session.InsertAsync("insert into entries (what, noted_at) values (@Text, @time)", new { Text, time }, Cancellation);

        var entry = await session.ReadFirstAsync<EntryRow>("select what, noted_at from entries where id = @id", new { id }, Cancellation);

        Assert.Equal(Text, entry!.What);
        Assert.Equal(time, entry.NotedAt);
        Assert.Equal(TimeSpan.Zero, entry.NotedAt.Offset);
    }

    private static ValueTask<List<string>> IndexesAsync(DatabaseSession session) =>
        session.ReadAllAsync<string>(
            session.Sql(
                sqlite: "select name from sqlite_master where type = 'index' order by name",
                mySql: "select distinct index_name from information_schema.statistics where table_schema = database() order by index_name"
            ),
            null,
            Cancellation
        );

    private static async Task<List<string>> TablesAsync(TestDatabase database)
    {
        await using var process = new LedgerProcess(database);
        await using var session = await process.Database.OpenAsync(Cancellation);
        return await session.ReadAllAsync<string>(
            session.Sql(
                sqlite: "select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name",
                mySql: "select table_name from information_schema.tables where table_schema = database() order by table_name"
            ),
            null,
            Cancellation
        );
    }

    private sealed record EntryRow
    {
        public string What { get; init; } = "";
        public DateTimeOffset NotedAt { get; init; }
    }
}
