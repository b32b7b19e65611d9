using Kumiko.BuildingBlocks.Data;
using Kumiko.Posts.Features.ListPosts;
using Kumiko.Posts.Search;
using Xunit;

namespace Kumiko.Posts.Tests.Features;

/// <summary>The databases read pages along an index, so that a page costs as much among many posts as among few.</summary>
public sealed class ListPostsTests
{
    private const int Posts = 6_000;
    private const int Authors = 50;

    private static readonly object Parameters = new
    {
        UserId = 7,
        Before = Posts / 2,
        Take = 21,
        Ids = new[] { 1, 2, 3 },
        Places = "[[0,97],[0,98]]",
        UpTo = 1,
    };

    public static TheoryData<DatabaseProvider> Providers => TestModule.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_page_is_read_along_an_index_and_in_its_order(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        var queries = await module.ReadQueriesAsync(async () =>
        {
            await ReadTwoPagesAsync(module, userId: null, q: null);
            await ReadTwoPagesAsync(module, userId: 7, q: null);
        });

        Assert.Equal(2, queries.Count);
        foreach (var query in queries)
            Assert.DoesNotContain(await module.ExplainAsync(query, Parameters), step => step.IsScan || step.IsSort);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_search_reads_no_table_whole(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        await module.WriteAsync("another post", TestModule.User(7));
        await module.IndexAsync();
        await module.WriteAsync("a new post", TestModule.User(7));
        var queries = await module.ReadQueriesAsync(async () =>
        {
            await ReadTwoPagesAsync(module, userId: null, q: "post");
            await ReadTwoPagesAsync(module, userId: 7, q: "post");
        });

        Assert.Equal(4, queries.Count);
        foreach (var query in queries)
            Assert.DoesNotContain(await module.ExplainAsync(query, Parameters), step => step.IsScan);

        var pending = Assert.Single(queries, query => query.Contains("search_pending", StringComparison.Ordinal));
        Assert.Contains(await module.ExplainAsync(pending, Parameters), step => step.Uses("ix_posts_new_after"));
    }

    private static async Task<TestModule> StartAsync(DatabaseProvider provider)
    {
        var module = await TestModule.StartAsync(provider);
        var authors = Enumerable.Range(1, Authors).Select(id => $"({id}, 'writer-{id}', 1, false)");
        await module.OnDatabaseAsync($"insert into authors (id, name, version, is_deleted) values {string.Join(',', authors)}");
        const string Time = "'2026-01-01 00:00:00.000'";
        var posts = Enumerable.Range(1, Posts).Select(id => $"({id}, {1 + id % Authors}, 'post {id}', 1, {Time}, {Time})");
        await module.OnDatabaseAsync(
            $"insert into posts (id, user_id, content, version, created_at, updated_at) values {string.Join(',', posts)}"
        );
        await module.OnDatabaseAsync("insert into search_pending (post_id, version, user_id) select id, 1, user_id from posts");
        await module.IndexAsync();
        if (provider == DatabaseProvider.MySql)
            await module.OnDatabaseAsync("analyze table posts, authors, search_postings, search_pending");
        return module;
    }

    private static async Task ReadTwoPagesAsync(TestModule module, long? userId, string? q)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var query = new ListPosts(20, Cursor: null, userId, SearchQuery.Parse(q), ClientAddress: "");
        var first = await module.Mediator.Send(query, cancellationToken);
        var second = await module.Mediator.Send(query with { Cursor = first.Value.NextCursor }, cancellationToken);
        Assert.Equal(20, second.Value.Items.Count);
    }
}
