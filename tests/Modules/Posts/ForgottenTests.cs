using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Retention;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Identity.Contracts;
using Kumiko.Posts.Authors;
using Kumiko.Posts.Data;
using Kumiko.Posts.Features.CreatePost;
using Kumiko.TestDatabases;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Posts.Tests;

/// <summary>What is left of an author whose account was deleted.</summary>
public sealed class ForgottenTests
{
    private const long Id = 7_203_948_571;
    private static readonly string[] Texts = ["quetzalcoatl", "xiuhtecuhtli", "tezcatlipoca"];

    public static TheoryData<DatabaseProvider> Providers => TestModule.Providers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_deleted_author_leaves_a_number_that_goes_in_a_month(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.TellAsync<UserRegistered, UserRegisteredHandler>(new UserRegistered(Id, "quetzalcoatl", 1));
        var author = TestModule.User(Id, "quetzalcoatl");
        await module.WriteAsync("first tezcatlipoca", author);
        Assert.False((await module.Mediator.Send(new CreatePost("tezcatlipoca", author, KeyOf(author)), Cancellation)).IsError);
        await module.IndexAsync();
        await module.TellAsync<UserRenamed, UserRenamedHandler>(new UserRenamed(Id, "xiuhtecuhtli", 2));
        await module.OnDatabaseAsync(
            "insert into parked_events (event_id, handler, name, body, created_at, attempts, error, parked_at) values ('1', 'h', "
                + $$"""'identity.user_renamed', '{"user_id":{{Id}},"username":"xiuhtecuhtli","version":2}', """
                + "'2026-11-24', 8, '', '2026-11-24')"
        );
        // The scan finds what it looks for.
        Assert.Superset(
            new HashSet<string>(["authors.name", "posts.content", "parked_events.body", "idempotency_keys.answer"]),
            (await FindAsync(module)).ToHashSet()
        );

        await module.TellAsync<UserDeleted, UserDeletedHandler>(new UserDeleted(Id, 3));
        await module.IndexAsync();
        Assert.Equal(["authors.id", "post_changes.user_id"], await FindAsync(module));

        module.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1));
        await ApplyAsync(module);
        Assert.Equal(["authors.id"], await FindAsync(module));

        module.Clock.Advance(TimeSpan.FromDays(30));
        await ApplyAsync(module);
        Assert.Empty(await FindAsync(module));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_documents_say_of_every_table_how_long_it_is_kept(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var tables = await SchemaScan.TablesAsync(module.Get<PostsDatabase>(), Cancellation);
        Assert.NotEmpty(tables);
        Assert.Empty(tables.Except(SchemaScan.DocumentedTables("posts")));
    }

    private static IdempotencyKey KeyOf(CurrentUser author)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[IdempotencyStore.Header] = "the-key";
        return IdempotencyKey.Read(request, author.Id, "CreatePost").Value.WithValues("tezcatlipoca");
    }

    private static Task<IReadOnlyList<string>> FindAsync(TestModule module) =>
        SchemaScan.FindAsync(module.Get<PostsDatabase>(), Id, Texts, Cancellation);

    private static async Task ApplyAsync(TestModule module)
    {
        await using var session = await module.Get<PostsDatabase>().OpenAsync(Cancellation);
        foreach (var table in module.Get<IEnumerable<RetentionRule<PostsDatabase>>>())
            await table.DeleteAsync(session, module.Clock.Now(), batchSize: 1_000, Cancellation);
    }
}
