using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.TestDatabases;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Data;

/// <summary>What a transaction leaves behind, and what a connection costs the next one that borrows it.</summary>
public class UnitOfWorkTests
{
    private const string Insert = "insert into entries (what, noted_at) values (@What, @Now)";

    public static TheoryData<DatabaseProvider> Providers => [.. TestDatabase.Providers];

    public static TheoryData<DatabaseProvider> Servers => [.. TestDatabase.Providers.Where(provider => provider == DatabaseProvider.MySql)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Providers))]
    public async Task All_statements_take_effect_at_the_commit(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var ledger = new LedgerProcess(database);
        await using (var work = await ledger.Database.BeginAsync(Cancellation))
        {
            await work.ExecuteAsync(Insert, Entry("first"), Cancellation);
            work.ExecuteAtCommit(Insert, Entry("last"));
            await work.ExecuteAsync(Insert, Entry("second"), Cancellation);
            if (provider == DatabaseProvider.MySql)
                Assert.Empty(await ledger.EntriesAsync());
            await work.CommitAsync();
        }

        Assert.Equal(["first", "last", "second"], await ledger.EntriesAsync());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_statement_alone_takes_effect_with_the_commit(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var ledger = new LedgerProcess(database);
        await using (var work = await ledger.Database.BeginAsync(Cancellation))
        {
            work.ExecuteAtCommit(Insert, Entry("only"));
            await work.CommitAsync();
        }

        Assert.Equal(["only"], await ledger.EntriesAsync());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Nothing_remains_if_the_statement_at_the_commit_fails(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var ledger = new LedgerProcess(database);
        var wasNotified = false;
        await using (var work = await ledger.Database.BeginAsync(Cancellation))
        {
            await work.ExecuteAsync(Insert, Entry("first"), Cancellation);
            work.ExecuteAtCommit($"{Insert}; insert into entries (what) values (null)", Entry("last"));
            work.AfterCommit(() => wasNotified = true);
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(async () => await work.CommitAsync());
        }

        Assert.Empty(await ledger.EntriesAsync());
        Assert.False(wasNotified);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_insert_returns_the_id_of_its_row_if_there_is_one(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var ledger = new LedgerProcess(database);
        const string Copy = "insert into entries (what, noted_at) select upper(what), noted_at from entries where what = @What";
        await using (var work = await ledger.Database.BeginAutocommitAsync(Cancellation))
        {
            Assert.Null(await work.TryInsertAsync(Copy, Entry("first"), Cancellation));
            var first = await work.InsertAsync(Insert, Entry("first"), Cancellation);
            Assert.Null(await work.TryInsertAsync(Copy, Entry("second"), Cancellation));
            Assert.Equal(first + 1, await work.TryInsertAsync(Copy, Entry("first"), Cancellation));
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await work.InsertAsync(Copy, Entry("second"), Cancellation));
            await work.CommitAsync();
        }

        Assert.Equal(["FIRST", "first"], await ledger.EntriesAsync());
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Servers))]
    public async Task A_statement_that_needs_no_transaction_is_one_round_trip(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var ledger = new LedgerProcess(database);
        var isNotified = false;
        // The first use of the connection prepares the statement.
        for (var times = 0; times < 2; times++)
        {
            await using var work = await ledger.Database.BeginAutocommitAsync(Cancellation);
            work.AfterCommit(() => isNotified = true);
            var before = await QuestionsAsync(work);
            await work.InsertAsync(Insert, Entry("only"), Cancellation);
            await work.CommitAsync();
            if (times == 1)
                Assert.Equal(before + 2, await QuestionsAsync(work));
        }

        Assert.True(isNotified);
        Assert.Equal(["only", "only"], await ledger.EntriesAsync());

        // The question itself counts, too.
        static async Task<long> QuestionsAsync(UnitOfWork work) =>
            long.Parse(
                (await work.ReadFirstAsync<Status>("show session status like 'Queries';", null, Cancellation))!.Value,
                System.Globalization.CultureInfo.InvariantCulture
            );
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Nothing_remains_without_a_commit(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var ledger = new LedgerProcess(database);
        await using (var work = await ledger.Database.BeginAsync(Cancellation))
        {
            // A list begins the transaction: the statement runs once for each row.
            await work.ExecuteAsync(Insert, (object[])[Entry("first"), Entry("second")], Cancellation);
            Assert.Equal(2, await work.ReadFirstAsync<long>("select count(*) from entries", null, Cancellation));
        }

        Assert.Empty(await ledger.EntriesAsync());
        // The connection is as good as new.
        await ledger.PayAsync("later");
        Assert.Equal(1, await ledger.WaitingAsync());
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Servers))]
    public async Task A_cancelled_statement_leaves_no_transaction_open(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var ledger = new LedgerProcess(database);
        long connection;
        await using (var work = await ledger.Database.BeginAsync(Cancellation))
        {
            await work.ExecuteAsync(Insert, Entry("first"), Cancellation);
            connection = await work.ReadFirstAsync<long>("select connection_id()", null, Cancellation);
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
                await work.ReadFirstAsync<long>("select sum(sleep(20)) from (values row(1), row(2)) twice", null, soon.Token)
            );
        }

        await using var session = await ledger.Database.OpenAsync(Cancellation);
        Assert.Equal(connection, await session.ReadFirstAsync<long>("select connection_id()", null, Cancellation));
        Assert.Equal(0, await session.ReadFirstAsync<long>("select count(*) from entries", null, Cancellation));
        Assert.Equal("READ-COMMITTED", await session.ReadFirstAsync<string>("select @@transaction_isolation", null, Cancellation));
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Servers))]
    public async Task A_connection_prepares_a_statement_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var ledger = new LedgerProcess(database);
        await using var session = await ledger.Database.OpenAsync(Cancellation);
        for (var times = 0; times < 3; times++)
            await session.ReadAllAsync<string>("select what from entries where id = @Id", new { Id = 1 }, Cancellation);
        // A statement whose text depends on its values is not prepared, and neither are several statements.
        await session.ReadAllAsync<string>("select what from entries where id in @Ids", new { Ids = (long[])[1, 2] }, Cancellation);
        await session.ReadAllAsync<string>("select what from entries; select 1", null, Cancellation);

        Assert.Equal(1, await StatusAsync("Com_stmt_prepare"));
        Assert.Equal(3, await StatusAsync("Com_stmt_execute"));

        async Task<long> StatusAsync(string name) =>
            long.Parse(
                (
                    await session.ReadFirstAsync<Status>($"show session status where Variable_name in ('{name}');", null, Cancellation)
                )!.Value,
                System.Globalization.CultureInfo.InvariantCulture
            );
    }

    private static object Entry(string what) => new { What = what, Now = DateTimeOffset.UnixEpoch };

    private sealed record Status
    {
        public string Value { get; init; } = "";
    }
}
