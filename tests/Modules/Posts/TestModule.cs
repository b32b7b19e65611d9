using System.Security.Cryptography;
using Dapper;
using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Infrastructure.Migrations;
using Kumiko.Posts.Content;
using Kumiko.Posts.Data;
using Kumiko.Posts.Features.CreatePost;
using Kumiko.Posts.Features.ListPosts;
using Kumiko.Posts.Search;
using Kumiko.Posts.Streaming;
using Kumiko.TestDatabases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.Posts.Tests;

/// <summary>The module on its own database, with a clock that only the test advances.</summary>
internal sealed class TestModule : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private TestModule(TestDatabase database)
    {
        _database = database;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IHostApplicationLifetime, ApplicationLifetime>();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(new SecretKey(RandomNumberGenerator.GetBytes(32)));
        services.AddWebConventions();
        new PostsModule().AddServices(services, new ModuleSettings(database.Configuration, database.Settings));
        _services = services.BuildServiceProvider();
        Mediator = _services.GetRequiredService<Mediation.Mediator>();
    }

    public static TheoryData<DatabaseProvider> Providers => TestDatabase.Providers;

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-11-24T12:00:00Z", null));

    public Mediation.Mediator Mediator { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The module's migrations, all of which have run.</summary>
    public ModuleMigrator Migrator => _database.Migrator;

    public static async Task<TestModule> StartAsync(DatabaseProvider provider) =>
        new(await TestDatabase.CreateAsync(new PostsModule(), provider, Cancellation));

    public static CurrentUser User(long id, string name = "hanako") => new(id, name, SessionId: 1, IsAdmin: false);

    /// <summary>A service of the module. Background work doesn't run by itself here.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<PostResponse> WriteAsync(string content, CurrentUser author)
    {
        var created = await Mediator.Send(new CreatePost(content, author, IdempotencyKey.None), Cancellation);
        Assert.False(created.IsError, created.IsError ? created.FirstError.Description : null);
        return created.Value.Resource;
    }

    /// <summary>Writes a post, or returns null if its text is rejected.</summary>
    public async Task<PostResponse?> TryWriteAsync(string content, CurrentUser author)
    {
        var created = await Mediator.Send(new CreatePost(content, author, IdempotencyKey.None), Cancellation);
        return created.IsError ? null : created.Value.Resource;
    }

    public async Task<IReadOnlyList<PostRow>> ListAsync(string? q = null)
    {
        var page = await Mediator.Send(
            new ListPosts(100, Cursor: null, UserId: null, SearchQuery.Parse(q), ClientAddress: ""),
            Cancellation
        );
        return page.Value.Items;
    }

    /// <summary>Gives all changes their numbers, and queues new posts for the search index.</summary>
    public async Task NumberAsync()
    {
        while (await Get<ChangeSequencer>().NumberAsync(Cancellation) > 0) { }
    }

    /// <summary>Indexes everything that waits for the search index.</summary>
    public async Task IndexAsync()
    {
        await NumberAsync();
        while (await Get<SearchIndexer>().IndexAsync(Cancellation) > 0) { }
    }

    /// <summary>Whether anything waits for the search index.</summary>
    public async Task<bool> IsPendingAsync()
    {
        await using var session = await Get<PostsDatabase>().OpenAsync(Cancellation);
        return await session.HasPendingAsync(Cancellation);
    }

    /// <summary>The search index, one line per row.</summary>
    public async Task<List<string>> ReadIndexAsync()
    {
        await using var session = await Get<PostsDatabase>().OpenAsync(Cancellation);
        return await session.ReadAllAsync<string>(
            session.Sql(
                sqlite: "select segment || ' ' || gram || ' ' || hex(posts) from search_postings order by segment, gram",
                mySql: "select concat(segment, ' ', gram, ' ', hex(posts)) from search_postings order by segment, gram"
            ),
            null,
            Cancellation
        );
    }

    /// <summary>The queries on tables whose name begins so, among the last ten statements of each connection to MySQL.</summary>
    public async Task<List<string>> ReadStatementsAsync(string table)
    {
        await using var session = await Get<PostsDatabase>().OpenAsync(Cancellation);
        return await session.ReadAllAsync<string>(
            """
            select sql_text from performance_schema.events_statements_history
            where current_schema = database() and sql_text like 'select%' and sql_text like concat('% ', @Table, '%')
            """,
            new { Table = table },
            Cancellation
        );
    }

    /// <summary>The different queries that an action sends.</summary>
    public async Task<IReadOnlyList<string>> ReadQueriesAsync(Func<Task> action)
    {
        var before = Cached();
        await action();
        return [.. Cached().Except(before).Select(query => query.Sql)];

        // Dapper counts how often it uses its plan for a query.
        List<(string Sql, int Hits)> Cached() =>
            [
                .. SqlMapper
                    .GetCachedSQL()
                    .Where(cached => cached.Item1.Contains(_database.Name, StringComparison.Ordinal))
                    .Select(cached => (cached.Item2, cached.Item3)),
            ];
    }

    /// <summary>How the database would run a query.</summary>
    public async Task<List<PlanStep>> ExplainAsync(string query, object parameters)
    {
        await using var session = await Get<PostsDatabase>().OpenAsync(Cancellation);
        return await session.ReadAllAsync<PlanStep>(
            session.Sql(sqlite: "explain query plan ", mySql: "explain format=traditional ") + query,
            parameters,
            Cancellation
        );
    }

    /// <summary>Searches with a clock that makes the time limit of a search expire at once.</summary>
    public async Task<ErrorOr<List<PostRow>>> FindWithoutPatienceAsync(string q)
    {
        var search = new PostSearch(Get<PostsDatabase>(), new HastyClock());
        return await search.FindAsync(SearchQuery.Parse(q)!, userId: null, before: long.MaxValue, take: 20, Cancellation);
    }

    /// <summary>Makes the next post's id greater than this one.</summary>
    public Task SkipIdsAsync(long id) =>
        OnDatabaseAsync(
            "insert into posts (id, user_id, content, version, created_at, updated_at) "
                + $"values ({id}, 99, '-', 1, '2026-01-01', '2026-01-01')"
        );

    /// <summary>Runs SQL without the module's knowledge.</summary>
    public async Task OnDatabaseAsync(string sql)
    {
        await using var work = await Get<PostsDatabase>().BeginAsync(Cancellation);
        await work.ExecuteAsync(sql, null, Cancellation);
        await work.CommitAsync();
    }

    public async Task TellAsync<TEvent, THandler>(TEvent happened)
        where TEvent : IEvent
        where THandler : IEventHandler<TEvent>
    {
        await using var work = await _services.GetRequiredService<PostsDatabase>().BeginAsync(Cancellation);
        await _services.GetRequiredService<THandler>().HandleAsync(happened, work, Cancellation);
        await work.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return System.CreateTimer(callback, state, dueTime, period);
        }
    }
}
