using System.Text.Json;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Privacy;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Exports;
using Xunit;

namespace Kumiko.Identity.Tests.Exports;

public sealed class ExportAnsweredTests
{
    public static TheoryData<DatabaseProvider> Providers => IdentityTestDatabase.Providers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_module_is_asked_for_its_next_part_until_it_has_no_more(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var export = await BeginAsync(module);
        await AnswerAsync(module, export, number: 0, next: "0 7");
        Assert.Equal("posts 1 0 7", await NewestRequestAsync(module));
        Assert.Empty(await AnsweredAsync(module, export));
        await AnswerAsync(module, export, number: 1, next: null);
        Assert.Equal(["posts"], await AnsweredAsync(module, export));
        Assert.Single(await RequestsAsync(module));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_module_that_holds_too_much_is_not_asked_for_more(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("Exports:MaxMegabytes", "1"));
        var export = await BeginAsync(module);
        await AnswerAsync(module, export, number: 0, next: "0 7", length: 600_000);
        await AnswerAsync(module, export, number: 1, next: "0 8", length: 600_000);
        Assert.Single(await RequestsAsync(module));
        Assert.Equal(["posts"], await AnsweredAsync(module, export));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_part_of_an_export_that_expired_or_of_no_module_is_dropped(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var export = await BeginAsync(module);
        await AnswerAsync(module, export, number: 0, next: null, name: "intruder");
        Assert.Equal(0, await CountAsync(module, "export_parts"));
        module.Clock.Advance(TimeSpan.FromMinutes(61));
        await AnswerAsync(module, export, number: 0, next: null);
        Assert.Equal(0, await CountAsync(module, "export_parts"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_expired_export_is_deleted_with_its_parts_and_its_key(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var export = await BeginAsync(module);
        await AnswerAsync(module, export, number: 0, next: null);
        Assert.Equal(1, await CountAsync(module, "export_parts"));
        module.Clock.Advance(TimeSpan.FromMinutes(61));
        await module.ApplyAsync();
        Assert.Equal(0, await CountAsync(module, "export_parts"));
        Assert.Equal(0, await CountAsync(module, "exports"));
    }

    private static async Task<ExportRow> BeginAsync(TestModule module)
    {
        var user = await module.RegisterAsync("erin");
        var id = Guid.NewGuid().ToString();
        var (publicKey, privateKey) = module.Get<ExportKeys>().Create(id);
        var export = new ExportRow
        {
            UserId = user.Id,
            ExportId = id,
            Modules = "posts",
            PublicKey = publicKey,
            PrivateKey = privateKey,
            CreatedAt = module.Clock.GetUtcNow(),
            ExpiresAt = module.Clock.GetUtcNow() + module.Get<ExportSettings>().Kept,
        };
        await using var work = await module.Database.BeginAsync(Cancellation);
        await work.ReplaceExportAsync(export, Cancellation);
        await work.CommitAsync();
        return export;
    }

    private static async Task AnswerAsync(
        TestModule module,
        ExportRow export,
        int number,
        string? next,
        int length = 10,
        string name = "posts"
    )
    {
        var content = PersonalDataSeal.Seal(
            export.PublicKey,
            PersonalDataSeal.NameOf(export.ExportId, name, number, isLast: next is null),
            new byte[length]
        );
        await using var work = await module.Database.BeginAsync(Cancellation);
        await module
            .Get<ExportAnsweredHandler>()
            .HandleAsync(new ExportAnswered(export.ExportId, name, number, Convert.ToBase64String(content), next), work, Cancellation);
        await work.CommitAsync();
    }

    private static async Task<List<string>> RequestsAsync(TestModule module) =>
        [.. (await module.EventsAsync()).Where(row => row.Name == ExportRequested.Name).Select(row => row.Body)];

    private static async Task<string> NewestRequestAsync(TestModule module)
    {
        var request = JsonDocument.Parse((await RequestsAsync(module))[^1]).RootElement;
        return $"{request.GetProperty("of_module")} {request.GetProperty("number")} {request.GetProperty("place")}";
    }

    private static async Task<List<string>> AnsweredAsync(TestModule module, ExportRow export)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadAnsweredModulesAsync(export.UserId, Cancellation);
    }

    private static async Task<long> CountAsync(TestModule module, string table)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadFirstAsync<long>("select count(*) from " + table, null, Cancellation);
    }
}
