using System.Diagnostics;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Contracts;
using Kumiko.Posts.Authors;
using Kumiko.Posts.Changes;
using Kumiko.Posts.Content;
using Kumiko.Posts.Data;
using Kumiko.Posts.Features.DeletePost;
using Kumiko.Posts.Features.ListPosts;
using Kumiko.Posts.Features.UpdatePost;
using Kumiko.Posts.Search;
using Kumiko.TestDatabases;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Posts.Tests.Search;

/// <summary>Both databases find the same posts, whether a post is already in the index or waits for it.</summary>
public sealed class SearchTests
{
    private static readonly string[] Posts =
    [
        "日本の朝。コンテナを港で待つ",
        "東京都に住む日",
        "The cat sat on the mat",
        "concatenate, a word; it is not an animal",
        "ﾊﾝｶｸ と ＦＵＬＬ width ①",
        "C++ and C# (and snake_case)",
        "🎉 party 👩‍👩‍👧 🇯🇵",
        "à la carte",
        "한국어 문장입니다",
        "простой текст",
        "1234567890",
        "𠮷野家で丼",
        "हिन्दी में लिखा",
    ];

    private static ExpectedVersion AnyVersion => ExpectedVersion.Any;

    public static TheoryData<DatabaseProvider> Providers => TestModule.Providers;

    public static TheoryData<DatabaseProvider, bool> ProvidersBeforeAndAfterIndexing => TestDatabase.ProvidersWith(false, true);

    [Theory]
    [MemberData(nameof(ProvidersBeforeAndAfterIndexing))]
    public async Task Words_and_parts_of_words_of_any_language_are_found(DatabaseProvider provider, bool isIndexed)
    {
        await using var module = await TestModule.StartAsync(provider);
        foreach (var post in Posts)
            await module.WriteAsync(post, TestModule.User(1));
        if (isIndexed)
            await module.IndexAsync();

        await FindsAsync("日本", 0);
        await FindsAsync("コンテナ", 0);
        await FindsAsync("こんてな", 0);
        await FindsAsync("ｺﾝﾃﾅ", 0);
        await FindsAsync("日", 0, 1);
        await FindsAsync("つ", 0);
        await FindsAsync("京都", 1);
        await FindsAsync("都京");
        await FindsAsync("の朝 港で", 0);
        await FindsAsync("朝。コ", 0);
        await FindsAsync("cat", 2, 3);
        await FindsAsync("CAT the", 2);
        await FindsAsync("the", 2);
        await FindsAsync("an", 3, 5);
        await FindsAsync("t", 2, 3, 4, 6, 7);
        await FindsAsync("catsat");
        await FindsAsync("full", 4);
        await FindsAsync("はんかく", 4);
        await FindsAsync("c++", 2, 3, 5, 7);
        await FindsAsync("snake_case", 5);
        await FindsAsync("🎉", 6);
        await FindsAsync("👩", 6);
        await FindsAsync("🇯🇵", 6);
        await FindsAsync("carte", 7);
        await FindsAsync("à", 7);
        await FindsAsync("문장", 8);
        await FindsAsync("ПРОСТОЙ", 9);
        await FindsAsync("4567", 10);
        await FindsAsync("9 0", 10);
        await FindsAsync("𠮷野家", 11);
        await FindsAsync("𠮷", 11);
        await FindsAsync("हिन्दी", 12);
        await FindsAsync("absent");

        async Task FindsAsync(string q, params int[] posts)
        {
            var found = (await module.ListAsync(q)).Select(post => post.Content);
            Assert.Equal(posts.Select(post => Posts[post]).Reverse(), found);
        }
    }

    [Theory]
    [MemberData(nameof(ProvidersBeforeAndAfterIndexing))]
    public async Task The_pairs_of_a_term_are_found_only_where_they_stand_together(DatabaseProvider provider, bool isIndexed)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.WriteAsync("banana split", TestModule.User(1));
        await module.WriteAsync("nan ana ban", TestModule.User(1));
        await module.WriteAsync(string.Concat(Enumerable.Repeat("長い話", 80)), TestModule.User(1));
        if (isIndexed)
            await module.IndexAsync();

        Assert.Equal("banana split", Assert.Single(await module.ListAsync("banana")).Content);
        Assert.Empty(await module.ListAsync("ananab"));
        Assert.Single(await module.ListAsync(string.Concat(Enumerable.Repeat("長い話", 65))));
        Assert.Empty(await module.ListAsync(string.Concat(Enumerable.Repeat("長い話", 65)) + "。長長"));
        Assert.Empty(await module.ListAsync(string.Concat(Enumerable.Repeat("🎉", 200))));
    }

    [Theory]
    [MemberData(nameof(ProvidersBeforeAndAfterIndexing))]
    public async Task An_edit_reindexes_a_post_and_a_deletion_removes_it(DatabaseProvider provider, bool isIndexed)
    {
        await using var module = await TestModule.StartAsync(provider);
        var author = TestModule.User(1);
        var post = await module.WriteAsync("before", author);
        await IndexAsync();

        await module.Mediator.Send(new UpdatePost(post.Id, "afterwards", author, AnyVersion), TestContext.Current.CancellationToken);
        Assert.Empty(await module.ListAsync("before"));
        Assert.Single(await module.ListAsync("afterwards"));
        await IndexAsync();
        Assert.Empty(await module.ListAsync("before"));
        Assert.Single(await module.ListAsync("afterwards"));

        await module.Mediator.Send(new DeletePost(post.Id, author, AnyVersion), TestContext.Current.CancellationToken);
        await IndexAsync();
        Assert.Empty(await module.ListAsync("afterwards"));

        async Task IndexAsync()
        {
            if (isIndexed)
                await module.IndexAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_upgrade_indexes_existing_posts_by_three_letters(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.WriteAsync("banana", TestModule.User(1));
        await module.IndexAsync();
        // Back below M0016, which takes the triples away. A later migration needs one step more.
        await module.Migrator.DownAsync(1, TestContext.Current.CancellationToken);
        Assert.Empty(await module.ListAsync("banana"));

        await module.Migrator.UpAsync(TestContext.Current.CancellationToken);
        Assert.True(await module.IsPendingAsync());
        await module.IndexAsync();
        Assert.False(await module.IsPendingAsync());
        Assert.Single(await module.ListAsync("banana"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_upgrade_takes_the_turn_from_older_instances(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        // The turn that it looks for.
        await using var work = await module.Get<PostsDatabase>().BeginAsync(TestContext.Current.CancellationToken);
        Assert.Null(
            await work.ReadFirstAsync<int?>("select id from search_turn where id = 1", null, TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [MemberData(nameof(ProvidersBeforeAndAfterIndexing))]
    public async Task Only_the_beginning_of_a_text_that_folds_into_far_more_is_found(DatabaseProvider provider, bool isIndexed)
    {
        await using var module = await TestModule.StartAsync(provider);
        // The first character folds to 18 letters; the second post has as many letters with two marks as a post can hold.
        await module.WriteAsync($"beginning {new string('\uFDFA', 2_000)} end", TestModule.User(1));
        await module.WriteAsync($"{new string('ế', 9_995)} tail", TestModule.User(1));
        if (isIndexed)
            await module.IndexAsync();

        Assert.Single(await module.ListAsync("beginning"));
        Assert.Single(await module.ListAsync("صلى"));
        Assert.Empty(await module.ListAsync("end"));
        Assert.Single(await module.ListAsync("tail"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Every_change_of_a_posts_text_wakes_the_indexer(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var author = TestModule.User(1);
        var cancellationToken = TestContext.Current.CancellationToken;

        var post = await module.WriteAsync("first", author);
        await module.NumberAsync();
        Assert.True(await IsWokenAsync());
        await module.Mediator.Send(new UpdatePost(post.Id, "second", author, AnyVersion), cancellationToken);
        Assert.True(await IsWokenAsync());
        await module.Mediator.Send(new DeletePost(post.Id, author, AnyVersion), cancellationToken);
        Assert.True(await IsWokenAsync());
        await module.TellAsync<UserDeleted, UserDeletedHandler>(new UserDeleted(1, Version: 2));
        Assert.True(await IsWokenAsync());
        Assert.False(await IsWokenAsync());

        Task<bool> IsWokenAsync() => module.Get<ChangeLog>().PostsCommitted.WaitAsync(TimeSpan.Zero, cancellationToken);
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Providers))]
    public async Task A_woken_indexer_indexes_immediately(DatabaseProvider provider)
    {
        const int Rounds = 3;
        await using var module = await TestModule.StartAsync(provider);
        using var indexer = module.Get<SearchIndexer>();
        await indexer.StartAsync(TestContext.Current.CancellationToken);
        var began = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
        {
            // The indexer checks once more after it has worked. A post written before that would not need to wake it.
            await Task.Delay(500, TestContext.Current.CancellationToken);
            await module.WriteAsync($"round {round}", TestModule.User(1));
            await module.NumberAsync();
            while (await module.IsPendingAsync())
                await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var took = Stopwatch.GetElapsedTime(began);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(took < SearchIndexer.PollInterval * (Rounds - 1), $"It took {took}");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Posts_that_take_long_to_fold_do_not_delay_writers(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        // Each character folds to 18 letters.
        for (var post = 0; post < 20; post++)
            await module.WriteAsync(new string('\uFDFA', 9_900) + post, TestModule.User(post));
        await module.NumberAsync();

        var cancellationToken = TestContext.Current.CancellationToken;
        var began = Stopwatch.GetTimestamp();
        var longest = TimeSpan.Zero;
        var indexing = Task.Run(() => module.Get<SearchIndexer>().IndexAsync(cancellationToken), cancellationToken);
        while (!indexing.IsCompleted)
        {
            var asked = Stopwatch.GetTimestamp();
            await module.WriteAsync("written meanwhile", TestModule.User(1));
            var waited = Stopwatch.GetElapsedTime(asked);
            longest = waited > longest ? waited : longest;
        }

        await indexing;
        var all = Stopwatch.GetElapsedTime(began);
        // Less than half a second is the machine's doing.
        Assert.True(longest < all / 2 || longest < TimeSpan.FromSeconds(0.5), $"A write took {longest} of {all}");
        await module.IndexAsync();
        Assert.Equal(20, (await module.ListAsync("صلى")).Count);
        Assert.NotEmpty(await module.ListAsync("meanwhile"));
    }

    [Fact]
    public void A_search_can_be_stopped_after_each_post()
    {
        using var patience = new CancellationTokenSource();
        var looked = 0;
        var query = SearchQuery.Parse("hello")!;
        Assert.Throws<OperationCanceledException>(() => query.FindAmong(Posts(), patience.Token).ToList());
        Assert.Equal(3, looked);

        IEnumerable<PostRow> Posts()
        {
            while (true)
            {
                if (++looked == 3)
                    patience.Cancel();
                yield return new PostRow { Content = "hello" };
            }
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Removed_text_leaves_the_index(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var cancellationToken = TestContext.Current.CancellationToken;
        var (first, second) = (TestModule.User(1), TestModule.User(2));
        await module.WriteAsync("the one that stays", first);
        await module.IndexAsync();
        var kept = await module.ReadIndexAsync();

        var changed = await module.WriteAsync("first this", first);
        await module.IndexAsync();
        // Two changes at once, and one that was not indexed before the post was deleted.
        await module.Mediator.Send(new UpdatePost(changed.Id, "then that", first, AnyVersion), cancellationToken);
        await module.Mediator.Send(new UpdatePost(changed.Id, "最後に", first, AnyVersion), cancellationToken);
        await module.IndexAsync();
        await module.Mediator.Send(new UpdatePost(changed.Id, "never seen", first, AnyVersion), cancellationToken);
        await module.Mediator.Send(new DeletePost(changed.Id, first, AnyVersion), cancellationToken);
        await module.WriteAsync("somebody who leaves", second);
        await module.IndexAsync();
        await module.TellAsync<UserDeleted, UserDeletedHandler>(new UserDeleted(2, Version: 2));
        await module.IndexAsync();

        Assert.Equal(kept, await module.ReadIndexAsync());
    }

    // The token of a test that takes too long ends the search.
    [Theory(Timeout = 20_000)]
    [MemberData(nameof(Providers))]
    public async Task Gaps_between_ids_cost_nothing(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var old = await module.WriteAsync("珍しい", TestModule.User(1));
        await module.SkipIdsAsync(1_000_000_000_000);
        await module.WriteAsync("common", TestModule.User(1));
        await module.IndexAsync();

        var found = await module.ListAsync("珍しい").WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal([old.Id], found.Select(post => post.Id));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Posts_of_many_segments_are_found_page_by_page(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (common, rare) = (new List<long>(), new List<long>());
        for (var segment = 0; segment < 40; segment++)
        {
            await module.SkipIdsAsync((segment * Segment.Size) + Segment.Size - 3);
            for (var n = 0; n < 5; n++)
            {
                var isRare = segment % 13 == 0 && n == 2;
                var post = await module.WriteAsync(isRare ? "common 珍しい words" : "common words", TestModule.User(1 + n));
                common.Add(post.Id);
                if (isRare)
                    rare.Add(post.Id);
            }
        }

        await module.IndexAsync();
        Assert.Equal(common.AsEnumerable().Reverse(), await AllAsync("common", null));
        Assert.Equal(rare.AsEnumerable().Reverse(), await AllAsync("珍しい word", null));
        Assert.Equal(rare.AsEnumerable().Reverse(), await AllAsync("珍", 3));
        Assert.Empty(await AllAsync("珍", 4));
        Assert.Equal(40, (await AllAsync("o", 5)).Count);

        async Task<List<long>> AllAsync(string q, long? userId)
        {
            var found = new List<long>();
            string? cursor = null;
            do
            {
                var page = (
                    await module.Mediator.Send(
                        new ListPosts(7, cursor, userId, SearchQuery.Parse(q), ClientAddress: ""),
                        TestContext.Current.CancellationToken
                    )
                ).Value;
                found.AddRange(page.Items.Select(post => post.Id));
                cursor = page.NextCursor;
            } while (cursor is not null);
            return found;
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Existing_posts_are_indexed_in_small_steps(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        for (var n = 0; n < 30; n++)
        {
            var text = Enumerable.Range(0, 1_500).Select(i => (char)(0x4E00 + (((n * 700) + (i * (13 + (2 * n)))) % 20_000)));
            await module.WriteAsync($"旧い投稿{n} {string.Concat(text)}", TestModule.User(1));
        }

        await module.IndexAsync();
        var complete = await module.ReadIndexAsync();

        await module.OnDatabaseAsync("delete from search_postings");
        await module.OnDatabaseAsync("insert into search_pending (post_id, version, user_id) select id, 0, user_id from posts");
        var batch = await module.Get<SearchIndexer>().IndexAsync(TestContext.Current.CancellationToken);
        Assert.InRange(batch, 1, 29);
        Assert.Equal(30, (await module.ListAsync("旧い")).Count);
        await module.IndexAsync();
        Assert.Equal(complete, await module.ReadIndexAsync());
        Assert.Equal(30, (await module.ListAsync("旧い")).Count);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Posts_that_a_migration_queues_are_found_before_and_after_they_are_indexed(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.OnDatabaseAsync(
            "insert into posts (user_id, content, version, created_at, updated_at) "
                + "values (7, 'ο ΔΡΌΜΟΣ', 3, '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
        );
        await module.OnDatabaseAsync("insert into search_pending (post_id, version, user_id) select id, 0, user_id from posts");

        Assert.Single(await module.ListAsync("δρόμος"));
        await module.IndexAsync();
        Assert.Single(await module.ListAsync("δρόμος"));
        await module.OnDatabaseAsync("delete from search_postings");
        Assert.Empty(await module.ListAsync("δρόμος"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_search_that_takes_too_long_is_abandoned(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.WriteAsync("abracadabra", TestModule.User(1));

        Assert.Single(await module.ListAsync("abracadabra"));
        var gaveUp = await module.FindWithoutPatienceAsync("abracadabra");
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, gaveUp.FirstError.NumericType);
        Assert.True(gaveUp.FirstError.Metadata!.ContainsKey("retry_after"));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Servers), MemberType = typeof(TestDatabase))]
    public async Task The_server_itself_ends_a_search_that_takes_too_long(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.WriteAsync("abracadabra", TestModule.User(1));
        Assert.Single(await module.ListAsync("abracadabra"));
        await module.IndexAsync();
        Assert.Single(await module.ListAsync("abracadabra"));

        foreach (var (text, place) in ((string, string)[])[("search_pending where", "posts that wait"), ("search_postings p", "index")])
        {
            var reads = await module.ReadStatementsAsync(text);
            Assert.True(reads.Count > 0, $"The search read no {place}.");
            Assert.All(reads, read => Assert.Contains("max_execution_time(3000)", read, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_most_expensive_searches_do_not_slow_down_reads(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        // Posts that contain 98 words of one character, and all pairs of words that none of them contains, at the very end.
        var words = Enumerable.Range(0, 98).Select(n => ((char)('ꀀ' + n)).ToString()).ToList();
        var end = $" {string.Join(' ', words)} ⴰⴱ ⴱⴲ ⴲⴰ";
        for (var n = 0; n < 205; n++)
            await module.WriteAsync(new string('字', 10_000 - end.Length) + end, TestModule.User(1));
        await module.IndexAsync();

        string[] queries = [$"{string.Join(' ', words.Take(7))} ⴿ", "ⴰⴱⴲⴰ"];
        using var finished = new CancellationTokenSource();
        var reading = Task.Run(ReadAsync, TestContext.Current.CancellationToken);
        var searches = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(n => Task.Run(() => module.ListAsync(queries[n % queries.Length])))
        );
        await finished.CancelAsync();

        Assert.All(searches, Assert.Empty);
        Assert.InRange(await reading, TimeSpan.Zero, TimeSpan.FromSeconds(3));

        async Task<TimeSpan> ReadAsync()
        {
            var longest = TimeSpan.Zero;
            do
            {
                var since = System.Diagnostics.Stopwatch.GetTimestamp();
                Assert.NotEmpty(
                    (
                        await module.Mediator.Send(
                            new ListPosts(1, null, null, null, ClientAddress: ""),
                            TestContext.Current.CancellationToken
                        )
                    )
                        .Value
                        .Items
                );
                var time = System.Diagnostics.Stopwatch.GetElapsedTime(since);
                longest = time > longest ? time : longest;
            } while (!finished.IsCancellationRequested);
            return longest;
        }
    }
}
