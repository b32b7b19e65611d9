using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.TestDatabases;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Web;

public sealed class IdempotencyTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-24T12:00:00Z", null));

    public static TheoryData<DatabaseProvider> Providers => [.. TestDatabase.Providers];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_first_answer_is_given_again_for_a_day(DatabaseProvider provider)
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
    public async Task Another_request_with_the_same_key_is_refused_and_another_user_is_another_matter(DatabaseProvider provider)
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
    public async Task Copies_that_arrive_together_take_effect_once(DatabaseProvider provider)
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
    public async Task A_write_that_fails_leaves_the_key_free(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database, _clock);
        await using (var work = await process.Database.BeginAsync(Cancellation))
            await process.Idempotency.ClaimAsync<string>(work, Key(process, 1, "k", "rent"), Cancellation);

        Assert.Equal("second", (await PayAsync(process, 1, "k", "rent", "second")).Value);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_was_deleted_since_is_neither_told_again_nor_made_again(DatabaseProvider provider)
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
    [InlineData("two words")]
    [InlineData("鍵")]
    [InlineData("tab\tbed")]
    public async Task A_key_that_is_not_visible_ASCII_is_refused(string key)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), DatabaseProvider.Sqlite, Cancellation);
        await using var process = new LedgerProcess(database, _clock);
        var request = Request(key);

        Assert.Equal(400, process.Idempotency.Read(request, 1, "Pay", "rent").FirstError.NumericType);
        Assert.Equal(400, process.Idempotency.Read(Request(new string('x', 256)), 1, "Pay", "rent").FirstError.NumericType);
        Assert.False(process.Idempotency.Read(Request(new string('x', 255)), 1, "Pay", "rent").IsError);
    }

    private static async Task<ErrorOr<string>> PayAsync(LedgerProcess process, long user, string key, string what, string answer)
    {
        var idempotencyKey = Key(process, user, key, what);
        await using var work = await process.Database.BeginAsync(Cancellation);
        var before = await process.Idempotency.ClaimAsync<string>(work, idempotencyKey, Cancellation);
        if (before.IsError)
            return before.Errors;
        if (before.Value.First is { } first)
            return first;

        await work.ExecuteAsync(
            "insert into entries (what, noted_at) values (@what, @now)",
            new { what, now = DateTimeOffset.UnixEpoch },
            Cancellation
        );
        await IdempotencyStore.KeepAsync(work, idempotencyKey, answer, $"entry:{what}", Cancellation);
        await work.CommitAsync();
        return answer;
    }

    private static IdempotencyKey Key(LedgerProcess process, long user, string key, string what) =>
        process.Idempotency.Read(Request(key), user, "Pay", what).Value;

    private static HttpRequest Request(string key)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers[IdempotencyStore.Header] = key;
        return http.Request;
    }
}
