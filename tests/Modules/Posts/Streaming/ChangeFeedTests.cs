using System.Globalization;
using System.Text;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Contracts;
using Kumiko.Posts.Authors;
using Kumiko.Posts.Changes;
using Kumiko.Posts.Data;
using Kumiko.Posts.Features.DeletePost;
using Kumiko.Posts.Features.StreamPosts;
using Kumiko.Posts.Features.UpdatePost;
using Kumiko.Posts.Streaming;
using Xunit;

namespace Kumiko.Posts.Tests.Streaming;

/// <summary>The order in which changes are reported.</summary>
public sealed class ChangeFeedTests
{
    public static TheoryData<DatabaseProvider> Providers => TestModule.Providers;

    private static ExpectedVersion AnyVersion => ExpectedVersion.Any;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_change_that_commits_later_is_sent_later_though_its_id_is_smaller(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (first, second) = (await module.WriteAsync("first", TestModule.User(1)), await module.WriteAsync("second", TestModule.User(1)));
        var reader = await StartAsync(module);
        var (log, database) = (module.Get<ChangeLog>(), module.Get<PostsDatabase>());

        // SQLite has one writer, so there ids are in the order of commits. A deletion is recorded at once, other changes at the commit.
        await using var slow = await database.BeginAsync(Cancellation);
        await log.AddDeletedAsync(slow, first.Id, Cancellation);
        if (provider == DatabaseProvider.MySql)
        {
            await using var quick = await database.BeginAsync(Cancellation);
            await log.AddDeletedAsync(quick, second.Id, Cancellation);
            await quick.CommitAsync();
            Assert.Equal([(second.Id, 3L)], await ReadAsync(module, reader));
            Assert.Empty(await ReadAsync(module, reader));
        }

        await slow.CommitAsync();
        await slow.DisposeAsync();
        Assert.Equal([(first.Id, provider == DatabaseProvider.MySql ? 4L : 3L)], await ReadAsync(module, reader));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_post_that_changes_before_its_creation_is_recorded_is_reported_whole(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var reader = await StartAsync(module);
        var (author, leaving) = (TestModule.User(1), TestModule.User(2));
        var edited = await module.WriteAsync("to be edited", author);
        await module.Mediator.Send(new UpdatePost(edited.Id, "edited", author, AnyVersion), Cancellation);
        await module.Mediator.Send(new UpdatePost(edited.Id, "edited twice", author, AnyVersion), Cancellation);
        var deleted = await module.WriteAsync("to be deleted", author);
        await module.Mediator.Send(new DeletePost(deleted.Id, author, AnyVersion), Cancellation);
        var left = await module.WriteAsync("of somebody who leaves", leaving);
        await module.TellAsync<UserDeleted, UserDeletedHandler>(new UserDeleted(2, 2));
        var last = await module.WriteAsync("the last", author);

        var posts = (await ReadAsync(module, reader)).Select(change => change.Post);

        Assert.Equal([edited.Id, edited.Id, edited.Id, deleted.Id, deleted.Id, left.Id, left.Id, last.Id], posts);
        Assert.Equal(
            [
                "post.created 1",
                "post.updated 2",
                "post.updated 3",
                "post.created 4",
                "post.deleted 5",
                "post.created 6",
                "post.deleted 7",
                "post.created 8",
            ],
            (await module.Get<ChangeFeed>().ReadOlderAsync(0, Cancellation)).Select(Name)
        );
        await module.IndexAsync();
        Assert.Equal([edited.Id], (await module.ListAsync("twice")).Select(post => post.Id));
        Assert.Empty(await module.ListAsync("to be"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_creation_is_reported_before_and_after_what_it_was_committed_before_and_after(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var author = TestModule.User(1);
        var old = await module.WriteAsync("old", author);
        var reader = await StartAsync(module);

        var first = await module.WriteAsync("first", author);
        await module.Mediator.Send(new UpdatePost(old.Id, "changed", author, AnyVersion), Cancellation);
        var second = await module.WriteAsync("second", author);
        await module.Mediator.Send(new UpdatePost(first.Id, "changed", author, AnyVersion), Cancellation);
        await module.Mediator.Send(new DeletePost(old.Id, author, AnyVersion), Cancellation);

        Assert.Equal([(first.Id, 2L), (old.Id, 3L), (second.Id, 4L), (first.Id, 5L), (old.Id, 6L)], await ReadAsync(module, reader));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_one_author_does_is_reported_in_that_order(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var reader = await StartAsync(module);
        using var enough = new CancellationTokenSource();
        var numbering = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                    await module.Get<ChangeSequencer>().NumberAsync(Cancellation);
            },
            Cancellation
        );

        var done = await Task.WhenAll(
            Enumerable.Range(1, 4).Select(author => Task.Run(() => ActAsync(TestModule.User(author)), Cancellation))
        );
        await enough.CancelAsync();
        await numbering;

        var reported = (await ReadAsync(module, reader)).Select(change => change.Post).ToList();
        Assert.All(done, posts => Assert.Equal(posts, reported.Where(posts.Contains)));

        // The posts in the order of what happens to them.
        async Task<List<long>> ActAsync(CurrentUser author)
        {
            var posts = new List<long>();
            for (var n = 0; n < 60; n++)
            {
                var post = await module.WriteAsync("hello", author);
                posts.Add(post.Id);
                if (n % 3 == 0)
                    continue;

                if (n % 3 == 1)
                    await module.Mediator.Send(new UpdatePost(post.Id, "changed", author, AnyVersion), Cancellation);
                else
                    await module.Mediator.Send(new DeletePost(post.Id, author, AnyVersion), Cancellation);
                posts.Add(post.Id);
            }

            return posts;
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Simultaneous_sequencers_leave_no_gap_and_no_duplicate(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var reader = await StartAsync(module);
        using var enough = new CancellationTokenSource();
        var sequencer = module.Get<ChangeSequencer>();
        var numbering = Enumerable
            .Range(0, 4)
            .Select(_ =>
                Task.Run(
                    async () =>
                    {
                        while (!enough.IsCancellationRequested)
                            await sequencer.NumberAsync(Cancellation);
                    },
                    Cancellation
                )
            )
            .ToList();

        var posts = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(number => Task.Run(() => module.WriteAsync($"post {number}", TestModule.User(number % 7)), Cancellation))
        );
        await enough.CancelAsync();
        await Task.WhenAll(numbering);

        var received = await ReadAsync(module, reader);
        Assert.Equal(Enumerable.Range(1, 60).Select(seq => (long)seq), received.Select(one => one.Seq));
        Assert.Equal(posts.Select(post => post.Id).Order(), received.Select(one => one.Post).Order());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_text_of_a_deleted_post_is_no_longer_sent(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var reader = await StartAsync(module);
        var author = TestModule.User(1);
        var post = await module.WriteAsync("a secret", author);
        await module.Mediator.Send(new UpdatePost(post.Id, "a secret, again", author, AnyVersion), Cancellation);
        await module.WriteAsync("a secret of somebody who leaves", TestModule.User(2));
        Assert.Equal(3, (await ReadAsync(module, reader)).Count);
        Assert.Contains("a secret, again", await AllAsync(module), StringComparison.Ordinal);

        await module.Mediator.Send(new DeletePost(post.Id, author, AnyVersion), Cancellation);
        await module.TellAsync<UserDeleted, UserDeletedHandler>(new UserDeleted(2, 2));
        Assert.Equal(2, (await ReadAsync(module, reader)).Count);

        var fromMemory = await AllAsync(module);
        Assert.DoesNotContain("secret", fromMemory, StringComparison.Ordinal);
        Assert.Equal(fromMemory, Text(await module.Get<ChangeFeed>().ReadOlderAsync(0, Cancellation)));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_old_text_of_an_edited_post_is_no_longer_sent(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var reader = await StartAsync(module);
        var author = TestModule.User(1);
        var post = await module.WriteAsync("my secret", author);
        await module.WriteAsync("of another post", author);
        await ReadAsync(module, reader);
        foreach (var content in (string[])["still a secret", "nothing"])
            await module.Mediator.Send(new UpdatePost(post.Id, content, author, AnyVersion), Cancellation);
        Assert.Equal(2, (await ReadAsync(module, reader)).Count);

        var fromMemory = await AllAsync(module);
        Assert.DoesNotContain("secret", fromMemory, StringComparison.Ordinal);
        Assert.Contains("of another post", fromMemory, StringComparison.Ordinal);
        Assert.Contains("nothing", fromMemory, StringComparison.Ordinal);
        Assert.Equal(fromMemory, Text(await module.Get<ChangeFeed>().ReadOlderAsync(0, Cancellation)));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_new_name_is_sent_once(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.TellAsync<UserRegistered, UserRegisteredHandler>(new UserRegistered(1, "hanako", 1));
        var reader = await StartAsync(module);
        await module.TellAsync<UserRenamed, UserRenamedHandler>(new UserRenamed(1, "flower", 3));
        // A late event, and a repeated one.
        await module.TellAsync<UserRenamed, UserRenamedHandler>(new UserRenamed(1, "bud", 2));
        await module.TellAsync<UserRenamed, UserRenamedHandler>(new UserRenamed(1, "flower", 3));
        await module.TellAsync<UserRenamed, UserRenamedHandler>(new UserRenamed(7, "nobody", 2));

        await module.Get<ChangeSequencer>().NumberAsync(Cancellation);
        await module.Get<ChangeFeed>().ReadNextAsync(Cancellation);
        var received = Assert.Single(await reader.ReadAsync(TimeSpan.Zero, Cancellation));
        Assert.Equal(
            "id: 1\nevent: author.renamed\ndata: {\"user_id\":1,\"username\":\"flower\"}\n\n",
            Encoding.UTF8.GetString(received.Frame)
        );
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_reader_that_missed_too_many_bytes_is_reset(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var steady = await StartAsync(module);
        for (var number = 0; number < 130; number++)
            await module.WriteAsync(new string('x', 10_000), TestModule.User(1));
        Assert.Equal(130, (await ReadAsync(module, steady)).Count);

        var back = (await module.Mediator.Send(new StreamPosts(0), Cancellation)).Value;
        // Written after the reader connected: reported after the reset.
        var later = await module.WriteAsync("later", TestModule.User(1));
        await ReadAsync(module, steady);
        var received = new List<ChangeEvent>();
        while (await back.ReadAsync(TimeSpan.Zero, Cancellation) is { Count: > 0 } changes)
            received.AddRange(changes);

        var events = received.TakeWhile(change => !Name(change).StartsWith("stream.reset", StringComparison.Ordinal)).ToList();
        Assert.InRange(events.Sum(change => change.Frame.Length), 1024 * 1024 - 11_000, 1024 * 1024);
        Assert.Equal("stream.reset 130", Name(received[events.Count]));
        Assert.Equal(later.Id, Post(Assert.Single(received.Skip(events.Count + 1))));
        var within = (await module.Mediator.Send(new StreamPosts(100), Cancellation)).Value;
        Assert.Equal(31, (await ReadAsync(module, within)).Count);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_reader_that_missed_too_many_events_is_reset(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.WriteAsync("first", TestModule.User(1));
        await module.Get<ChangeSequencer>().NumberAsync(Cancellation);
        await using (var session = await module.Get<PostsDatabase>().OpenAsync(Cancellation))
        {
            await session.ExecuteAsync(
                """
                insert into post_changes (seq, post_id, version, kind, user_id, created_at, updated_at, changed_at)
                with recursive numbers (n) as (select 2 union all select n + 1 from numbers where n < 1000)
                select n, n, 1, 'deleted', 1, created_at, updated_at, changed_at from numbers join post_changes on seq = 1
                """,
                null,
                Cancellation
            );
            await session.ExecuteAsync(
                """
                insert into post_changes (seq, post_id, version, kind, user_id, created_at, updated_at, changed_at)
                select a.seq + 1000 * b.seq, 1, 1, 'deleted', 1, a.created_at, a.updated_at, a.changed_at from post_changes a
                join post_changes b on b.seq <= 10
                """,
                null,
                Cancellation
            );
            await session.ExecuteAsync("update post_change_counter set last_seq = 11000", null, Cancellation);
        }

        Assert.Equal("stream.reset 11000", await FirstAsync(module, 999));
        Assert.Equal("post.deleted 1001", await FirstAsync(module, 1_000));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_reader_that_returns_after_a_day_is_reset(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var reader = await StartAsync(module);
        for (var number = 0; number < 3; number++)
            await module.WriteAsync($"old {number}", TestModule.User(1));
        await ReadAsync(module, reader);
        module.Clock.Advance(ChangeLog.Age + TimeSpan.FromMinutes(1));
        await module.WriteAsync("new", TestModule.User(1));
        await ReadAsync(module, reader);
        // Not numbered yet: it must stay, however old it gets.
        var waiting = await module.WriteAsync("waits", TestModule.User(1));
        await module.Mediator.Send(new UpdatePost(waiting.Id, "waits for long", TestModule.User(1), AnyVersion), Cancellation);

        await using (var session = await module.Get<PostsDatabase>().OpenAsync(Cancellation))
        {
            Assert.Equal(2, await ChangeLog.Retention.DeleteAsync(session, module.Clock.Now(), batchSize: 2, Cancellation));
            Assert.Equal(1, await ChangeLog.Retention.DeleteAsync(session, module.Clock.Now(), batchSize: 1_000, Cancellation));
            Assert.Equal(2, await session.ReadFirstAsync<long>("select count(*) from post_changes", null, Cancellation));
        }

        Assert.Equal("stream.reset 4", await FirstAsync(module, 2));
        Assert.Equal("stream.reset 4", await FirstAsync(module, 77));
        Assert.Equal("post.created 4", await FirstAsync(module, 3));

        // A reader that is connected, but so far behind that its next change is gone.
        Assert.Equal("stream.reset 4", Name(Assert.Single(await module.Get<ChangeFeed>().ReadOlderAsync(1, Cancellation))));
        await ReadAsync(module, reader);
        Assert.Equal("post.created 5", await FirstAsync(module, 4));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_reader_behind_the_ring_continues_from_the_database(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var slow = await StartAsync(module);
        var quick = await StartAsync(module);
        // More bytes than are kept in memory.
        for (var number = 0; number < 300; number++)
            await module.WriteAsync(new string('字', 10_000), TestModule.User(1));
        Assert.Equal(300, (await ReadAsync(module, quick)).Count);
        Assert.Null(module.Get<ChangeFeed>().After(0));

        Assert.Equal(Enumerable.Range(1, 300).Select(seq => (long)seq), (await ReadAsync(module, slow)).Select(one => one.Seq));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_unexpected_failure_is_retried_until_its_cause_ends(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var reader = await StartAsync(module);
        var post = await module.WriteAsync("first", TestModule.User(1));
        var (sequencer, feed) = (module.Get<ChangeSequencer>(), module.Get<ChangeFeed>());
        await RunAsync("alter table post_changes rename to post_changes_elsewhere");
        await sequencer.StartAsync(Cancellation);
        // The feed reads while a seat is taken.
        using var seat = feed.TryAcquireSeat();
        await feed.StartAsync(Cancellation);
        // Enough time to notice the missing table.
        await Task.Delay(500, Cancellation);
        await RunAsync("alter table post_changes_elsewhere rename to post_changes");

        IReadOnlyList<ChangeEvent>? received = [];
        for (var tries = 0; received is { Count: 0 } && tries < 30; tries++)
            received = await reader.ReadAsync(TimeSpan.FromSeconds(1), Cancellation);
        Assert.Equal(post.Id, Post(Assert.Single(received!)));
        await feed.StopAsync(Cancellation);
        await sequencer.StopAsync(Cancellation);

        async Task RunAsync(string sql)
        {
            await using var session = await module.Get<PostsDatabase>().OpenAsync(Cancellation);
            await session.ExecuteAsync(sql, null, Cancellation);
        }
    }

    private static async Task<ChangeReader> StartAsync(TestModule module)
    {
        await module.Get<ChangeSequencer>().NumberAsync(Cancellation);
        var opened = await module.Mediator.Send(new StreamPosts(After: null), Cancellation);
        Assert.False(opened.IsError);
        return opened.Value;
    }

    // Numbers what is committed and returns everything that the reader receives of it.
    private static async Task<List<(long Post, long Seq)>> ReadAsync(TestModule module, ChangeReader reader)
    {
        while (await module.Get<ChangeSequencer>().NumberAsync(Cancellation) > 0)
        {
            // The next batch.
        }

        while (await module.Get<ChangeFeed>().ReadNextAsync(Cancellation))
        {
            // The next page.
        }

        var received = new List<(long, long)>();
        while (await reader.ReadAsync(TimeSpan.Zero, Cancellation) is { Count: > 0 } changes)
            received.AddRange(changes.Select(change => (Post(change), change.Seq)));
        return received;
    }

    private static async Task<string> AllAsync(TestModule module)
    {
        var reader = ChangeReader.From(module.Get<ChangeFeed>(), 0);
        return Text(await reader.ReadAsync(TimeSpan.Zero, Cancellation));
    }

    private static async Task<string> FirstAsync(TestModule module, long after)
    {
        var reader = (await module.Mediator.Send(new StreamPosts(after), Cancellation)).Value;
        return Name((await reader.ReadAsync(TimeSpan.Zero, Cancellation))[0]);
    }

    private static string Text(IEnumerable<ChangeEvent> changes) =>
        string.Concat(changes.Select(change => Encoding.UTF8.GetString(change.Frame)));

    private static string Name(ChangeEvent change) =>
        $"{Encoding.UTF8.GetString(change.Frame).Split('\n')[1]["event: ".Length..]} {change.Seq}";

    private static long Post(ChangeEvent change)
    {
        var data = Encoding.UTF8.GetString(change.Frame).Split('\n')[2];
        return long.Parse(data["data: {\"id\":".Length..].Split(',', '}')[0], CultureInfo.InvariantCulture);
    }
}
