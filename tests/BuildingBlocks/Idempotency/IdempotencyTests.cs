using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.TestDatabases;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using MySqlConnector;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Idempotency;

public sealed class IdempotencyTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-24T12:00:00Z", null));

    public static TheoryData<DatabaseProvider> Providers => TestDatabase.Providers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_first_answer_is_repeated_for_a_day(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database, _clock);
        Assert.Equal("first", (await PayAsync(process, 1, "k", "rent", "first")).Value);

        _clock.Advance(TimeSpan.FromHours(23.9));
        Assert.Equal("first", (await PayAsync(process, 1, "k", "rent", "second")).Value);

        _clock.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal("third", (await PayAsync(process, 1, "k", "rent", "third")).Value);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_key_is_refused_for_another_request_but_not_for_another_user(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database, _clock);
        await PayAsync(process, 1, "k", "rent", "first");

        Assert.Equal(422, (await PayAsync(process, 1, "k", "food", "second")).FirstError.NumericType);
        Assert.Equal("second", (await PayAsync(process, 2, "k", "food", "second")).Value);
        Assert.Equal("third", (await PayAsync(process, 1, "K", "food", "third")).Value);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Simultaneous_copies_take_effect_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database, _clock);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Task.Run(() => PayAsync(process, 1, "k", "rent", $"copy {i}"), Cancellation))
        );

        Assert.Single(await process.EntriesAsync());
        Assert.Single(answers.Select(answer => answer.Value).Distinct());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_failed_write_leaves_the_key_free(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database, _clock);
        await using (var work = await process.Database.BeginAsync(Cancellation))
            await process.Idempotency.ClaimAsync<string>(work, Key(1, "k", "rent"), Cancellation);

        Assert.Equal("second", (await PayAsync(process, 1, "k", "rent", "second")).Value);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Deleted_data_is_neither_repeated_nor_recreated(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database, _clock);
        await PayAsync(process, 1, "k", "rent", "first");
        await PayAsync(process, 1, "l", "food", "second");
        await using (var work = await process.Database.BeginAsync(Cancellation))
        {
            await IdempotencyStore.ForgetAsync(work, "entry:rent", Cancellation);
            await work.CommitAsync();
        }

        Assert.Equal(410, (await PayAsync(process, 1, "k", "rent", "again")).FirstError.NumericType);
        Assert.Equal(422, (await PayAsync(process, 1, "k", "food", "again")).FirstError.NumericType);
        Assert.Equal("second", (await PayAsync(process, 1, "l", "food", "again")).Value);
        Assert.Equal(2, (await process.EntriesAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_key_that_was_used_under_the_previous_secret_is_not_used_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database, _clock);
        var (old, next) = (Enumerable.Repeat((byte)1, 32).ToArray(), Enumerable.Repeat((byte)2, 32).ToArray());
        var before = new IdempotencyStore(new SecretKey(old), _clock);
        var after = new IdempotencyStore(new SecretKey(next, old), _clock);

        foreach (var key in (IdempotencyKey[])[Key(1, "k", "rent"), Key(0, "k", "rent").WithOwner("wanda@example.com")])
        {
            Assert.Equal("first", (await PayAsync(process.Database, before, key, "rent", "first")).Value);

            Assert.Equal("first", (await PayAsync(process.Database, after, key, "rent", "second")).Value);
            Assert.Equal("first", (await after.FindAsync<string>(process.Database, key, Cancellation))!.Value.Value.Resource);
            Assert.Equal(422, (await PayAsync(process.Database, after, key.WithValues("food"), "food", "third")).FirstError.NumericType);
        }
    }

    [Fact]
    public async Task Without_a_key_no_session_is_opened()
    {
        await using var nowhere = new LedgerDatabase(
            new DatabaseSettings(
                new ConfigurationBuilder()
                    .AddInMemoryCollection([
                        new("Database:Provider", "mysql"),
                        new("ConnectionStrings:Ledger", "Server=127.0.0.1;Port=1;Database=ledger;User ID=nobody"),
                    ])
                    .Build()
            )
        );
        var idempotency = new IdempotencyStore(new SecretKey(new byte[32]), _clock);

        Assert.Null(await idempotency.FindAsync<string>(nowhere, IdempotencyKey.None, Cancellation));
        await Assert.ThrowsAsync<MySqlException>(async () =>
            await idempotency.FindAsync<string>(nowhere, Key(1, "k", "rent"), Cancellation)
        );
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("鍵")]
    [InlineData("tab\tbed")]
    public void A_key_that_is_not_visible_ASCII_is_refused(string key)
    {
        Assert.Equal(400, IdempotencyKey.Read(Request(key), 1, "Pay").FirstError.NumericType);
        Assert.Equal(400, IdempotencyKey.Read(Request(new string('x', 256)), 1, "Pay").FirstError.NumericType);
        Assert.False(IdempotencyKey.Read(Request(new string('x', 255)), 1, "Pay").IsError);
    }

    private static Task<ErrorOr<string>> PayAsync(LedgerProcess process, long user, string key, string what, string answer) =>
        PayAsync(process.Database, process.Idempotency, Key(user, key, what), what, answer);

    private static async Task<ErrorOr<string>> PayAsync(
        LedgerDatabase database,
        IdempotencyStore store,
        IdempotencyKey idempotencyKey,
        string what,
        string answer
    )
    {
        await using var work = await database.BeginAsync(Cancellation);
        if (await store.ClaimAsync<string>(work, idempotencyKey, Cancellation) is { } earlier)
            return earlier.Then(first => first.Resource);

        await work.ExecuteAsync(
            "insert into entries (what, noted_at) values (@what, @now)",
            new { what, now = DateTimeOffset.UnixEpoch },
            Cancellation
        );
        await store.KeepAsync(work, idempotencyKey, new IdempotentAnswer<string>(answer, "\"1\""), $"entry:{what}", Cancellation);
        await work.CommitAsync();
        return answer;
    }

    private static IdempotencyKey Key(long user, string key, string what) =>
        IdempotencyKey.Read(Request(key), user, "Pay").Value.WithValues(what);

    private static HttpRequest Request(string key)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers[IdempotencyStore.Header] = key;
        return http.Request;
    }
}
