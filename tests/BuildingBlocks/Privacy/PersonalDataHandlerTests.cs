using System.Globalization;
using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Privacy;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.TestDatabases;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Privacy;

public sealed class PersonalDataHandlerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-24T12:00:00Z", CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 1, true)]
    [InlineData("ledger", 1, true)]
    [InlineData("another", 1, false)]
    [InlineData(null, 0, false)]
    public async Task A_module_answers_what_it_is_asked_until_the_export_expires(string? ofModule, int secondsLeft, bool isAnswered)
    {
        var (publicKey, _) = PersonalDataSeal.CreateKeys();
        var request = new Asked("export", 7, ofModule, 0, null, publicKey, Now.AddSeconds(secondsLeft));
        Assert.Equal(isAnswered, (await AnswerAsync(request)).Count == 1);
    }

    [Fact]
    public async Task Each_part_continues_where_the_one_before_ended_and_opens_in_its_place_alone()
    {
        var (publicKey, privateKey) = PersonalDataSeal.CreateKeys();
        var (items, place, number) = (new List<string>(), (string?)null, 0);
        do
        {
            var part = Assert.Single(await AnswerAsync(new Asked("export", 7, "ledger", number, place, publicKey, Now.AddSeconds(1))));
            var (content, isLast) = (Convert.FromBase64String(part.Content), part.Place is null);
            string[] elsewhere =
            [
                PersonalDataSeal.NameOf("another", "ledger", number, isLast),
                PersonalDataSeal.NameOf("export", "another", number, isLast),
                PersonalDataSeal.NameOf("export", "ledger", number + 1, isLast),
                PersonalDataSeal.NameOf("export", "ledger", number, !isLast),
            ];
            Assert.All(elsewhere, name => Assert.ThrowsAny<CryptographicException>(() => PersonalDataSeal.Open(privateKey, name, content)));
            var here = PersonalDataSeal.NameOf("export", "ledger", number, isLast);
            var pages = PersonalDataPack.Read(PersonalDataSeal.Open(privateKey, here, content));
            foreach (var (file, page) in pages)
                items.AddRange(page.EnumerateArray().Select(item => $"{file} {item.GetProperty("id")} of {item.GetProperty("user")}"));
            (place, number) = (part.Place, number + 1);
        } while (place is not null);

        Assert.True(number > 1);
        Assert.Equal(
            [.. Enumerable.Range(1, 9).Select(n => $"big {n} of 7"), .. Enumerable.Range(1, 9).Select(n => $"small {n} of 7")],
            items
        );
    }

    private static async Task<List<Told>> AnswerAsync(Asked request)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), DatabaseProvider.Sqlite, Cancellation);
        await using var ledger = new LedgerDatabase(database.Settings);
        var outbox = new Answers();
        var handler = new PersonalDataHandler<LedgerDatabase, Asked, Told>(
            ledger,
            [new Items("big", 60_000), new Items("small", 1)],
            outbox,
            new FakeTimeProvider(Now)
        );
        await using var work = await ledger.BeginAsync(Cancellation);
        await handler.HandleAsync(request, work, Cancellation);
        return outbox.Told;
    }

    private sealed record Asked(
        string ExportId,
        long UserId,
        string? OfModule,
        int Number,
        string? Place,
        string PublicKey,
        DateTimeOffset ExpiresAt
    ) : IPersonalDataRequest<Told>
    {
        public static string Name => "ledger.asked";

        public Told Answer(string moduleName, string content, string? place) => new(content, place);
    }

    private sealed record Told(string Content, string? Place) : IEvent
    {
        public static string Name => "ledger.told";
    }

    // Nine items, two at a time.
    private sealed record Items(string File, int Length) : IPersonalData<LedgerDatabase>
    {
        public ValueTask<PersonalDataPage> ReadAsync(DatabaseSession session, long userId, long after, CancellationToken cancellationToken)
        {
            var ids = Enumerable.Range((int)after + 1, 2).Where(id => id <= 9).ToList();
            object[] items =
            [
                .. ids.Select(id => new
                {
                    Id = id,
                    User = userId,
                    Text = new string('x', Length),
                }),
            ];
            return new(new PersonalDataPage(items, ids[^1] < 9 ? ids[^1] : null));
        }
    }

    private sealed class Answers : IOutbox
    {
        public List<Told> Told { get; } = [];

        public Task AddAsync<TEvent>(UnitOfWork work, TEvent message, CancellationToken cancellationToken)
            where TEvent : IEvent
        {
            Told.Add((Told)(object)message);
            return Task.CompletedTask;
        }
    }
}
