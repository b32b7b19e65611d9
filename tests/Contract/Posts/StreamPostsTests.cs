namespace Kumiko.Contract.Posts;

public class StreamPostsTests(RunningKumiko kumiko, ITestOutputHelper output)
{
    [Fact]
    public async Task A_stream_opens_immediately_with_its_headers()
    {
        using var listener = await Listener.OpenAsync(kumiko.Anyone);
        Assert.Equal("text/event-stream; charset=utf-8", listener.Header("Content-Type"));
        Assert.Equal("no-store, no-transform", listener.Header("Cache-Control"));
        Assert.Equal("no", listener.Header("X-Accel-Buffering"));
    }

    [Fact]
    public async Task A_stream_sends_the_changes_of_a_post_in_order()
    {
        var alice = await kumiko.AliceAsync();
        using var listener = await Listener.OpenAsync(kumiko.Anyone);
        var post = await alice.WriteAsync("first line\nおはよう 🌱 𠮷 👩‍👩‍👧‍👦 \u2028 \"quoted\"");
        var path = $"/api/crud/posts/{post.Id}";

        var created = (await listener.ReadUntilAsync("post.created", post.Id))[^1];
        Assert.Equal(post.Json.GetRawText(), created.Text);

        var edited = (await alice.PutAsync(path, new { content = "second" })).Is(200);
        var updated = (await listener.ReadUntilAsync("post.updated", post.Id))[^1];
        Assert.Equal(edited.Json.GetRawText(), updated.Text);

        (await alice.DeleteAsync(path)).Is(204);
        var deleted = (await listener.ReadUntilAsync("post.deleted", post.Id))[^1];
        Assert.Equal($$"""{"id":{{post.Id}}}""", deleted.Text);
        Assert.True(created.Id < updated.Id && updated.Id < deleted.Id);
    }

    [Fact]
    public async Task A_resumed_stream_sends_missed_events_without_the_text_of_deleted_posts()
    {
        var alice = await kumiko.AliceAsync();
        using var first = await Listener.OpenAsync(kumiko.Anyone);
        var before = first.LastId;
        var (kept, gone) = (await alice.WriteAsync("stays"), await alice.WriteAsync("soon gone"));
        (await alice.DeleteAsync($"/api/crud/posts/{gone.Id}")).Is(204);
        // Until the stream reports the deletion, a process may send what it had read before.
        await first.ReadUntilAsync("post.deleted", gone.Id);

        using var second = await Listener.OpenAsync(kumiko.Anyone, before);
        var missed = await second.ReadUntilAsync("post.deleted", gone.Id);
        Assert.Equal(Enumerable.Range(1, missed.Count).Select(step => before + step), missed.Select(happened => happened.Id));
        Assert.Equal("stays", missed.Single(happened => happened.Post == kept.Id).Data.GetProperty("content").GetString());
        Assert.Null(
            missed.Single(happened => happened.Post == gone.Id && happened.Name == "post.created").Data.GetProperty("content").GetString()
        );

        // Once more, now from the process's memory.
        using var third = await Listener.OpenAsync(kumiko.Anyone, before);
        Assert.Equal(
            missed.Where(happened => happened.Post == gone.Id),
            (await third.ReadUntilAsync("post.deleted", gone.Id)).Where(happened => happened.Post == gone.Id)
        );
    }

    [Fact]
    public async Task A_resumed_stream_does_not_send_the_old_text_of_an_edited_post()
    {
        var alice = await kumiko.AliceAsync();
        using var first = await Listener.OpenAsync(kumiko.Anyone);
        var before = first.LastId;
        var post = await alice.WriteAsync("said in haste");
        (await alice.PutAsync($"/api/crud/posts/{post.Id}", new { content = "said well" })).Is(200);
        await first.ReadUntilAsync("post.updated", post.Id);

        using var second = await Listener.OpenAsync(kumiko.Anyone, before);
        var missed = (await second.ReadUntilAsync("post.updated", post.Id)).Where(happened => happened.Post == post.Id).ToList();
        Assert.Equal([null, "said well"], missed.Select(happened => happened.Data.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task A_new_name_is_sent_to_open_streams()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        await grace.WriteAsync("who am I?");
        using var listener = await Listener.OpenAsync(kumiko.Anyone);
        var name = Person.UniqueName("grazia");
        (await grace.PatchAsync("/api/auth/me", new { username = name })).Is(200);
        while (await listener.ReadAsync() is { } happened)
        {
            if (happened.Name != "author.renamed" || happened.Data.GetProperty("user_id").GetInt64() != grace.Id)
                continue;

            Assert.Equal(name, happened.Data.GetProperty("username").GetString());
            return;
        }

        Assert.Fail("The stream ended.");
    }

    // As @microsoft/fetch-event-source and httpx-sse do: an empty line dispatches everything since the last one.
    [Fact]
    public async Task A_comment_every_15_seconds_keeps_the_connection_open_and_is_not_a_message()
    {
        using var response = await kumiko.Anyone.OpenAsync(Listener.Path);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(25));
        var (block, comments, blocks, last) = (new List<string>(), 0, 0, "");
        // The opening is a comment, too. The post after the heartbeat shows that it ended no message.
        while (last.Length == 0 || !block.Exists(field => field.Contains(last, StringComparison.Ordinal)))
        {
            var line = await lines.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException();
            if (line.StartsWith(':'))
            {
                if (++comments == 2)
                {
                    patience.CancelAfter(TimeSpan.FromSeconds(30));
                    last = $"{Guid.NewGuid():N}";
                    await (await kumiko.AliceAsync()).WriteAsync(last);
                }
            }
            else if (line.Length > 0)
            {
                block.Add(line);
            }
            else
            {
                Assert.Contains(block, field => field.StartsWith("id: ", StringComparison.Ordinal));
                Assert.Contains(block, field => field.StartsWith("event: ", StringComparison.Ordinal));
                Assert.Contains(block, field => field.StartsWith("data: {", StringComparison.Ordinal));
                if (blocks++ == 0)
                    Assert.Contains("event: stream.open", block);
                block.Clear();
            }
        }
    }

    [Fact]
    public async Task A_repeated_request_causes_one_event_and_a_refused_one_none()
    {
        var (alice, bob) = (await kumiko.AliceAsync(), await kumiko.BobAsync());
        using var listener = await Listener.OpenAsync(kumiko.Anyone);
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var once = (await alice.PostAsync("/api/crud/posts", new { content = "once" }, key)).Is(201);
        (await alice.PostAsync("/api/crud/posts", new { content = "once" }, key)).Is(201);
        (await bob.PutAsync($"/api/crud/posts/{once.Id}", new { content = "mine" })).IsProblem(403);
        (await alice.PutAsync($"/api/crud/posts/{once.Id}", new { content = "late" }, ("If-Match", "\"0\""))).IsProblem(412);
        (await bob.DeleteAsync($"/api/crud/posts/{once.Id}")).IsProblem(403);
        var last = await alice.WriteAsync("the end");

        Assert.Single(await listener.ReadUntilAsync("post.created", last.Id), happened => happened.Post == once.Id);
    }

    [Fact]
    public async Task Deleting_an_account_sends_a_deletion_of_each_post()
    {
        var grace = await kumiko.NewPersonAsync("grace");
        using var listener = await Listener.OpenAsync(kumiko.Anyone);
        var posts = new List<long>();
        for (var n = 0; n < 12; n++)
            posts.Add((await grace.WriteAsync($"leaving {n}")).Id);
        (await grace.DeleteAsync($"/api/crud/posts/{posts[0]}")).Is(204);
        (await grace.DeleteAsync("/api/auth/me", new { password = grace.Password })).Is(204);

        var deleted = new List<long>();
        while (deleted.Count < posts.Count)
        {
            var happened = await listener.ReadAsync();
            if (happened is { Name: "post.deleted" } && posts.Contains(happened.Post))
                deleted.Add(happened.Post);
        }

        Assert.Equal(posts, deleted.Order());
        using var again = await Listener.OpenAsync(kumiko.Anyone, listener.LastId - 1);
        Assert.Equal(listener.LastId, (await again.ReadAsync())!.Id);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("1, 2")]
    [InlineData("99999999999999999999")]
    public async Task A_malformed_event_id_is_refused(string id) =>
        (await kumiko.Anyone.GetAsync(Listener.Path, ("Last-Event-ID", id))).IsProblemWith(400, "Last-Event-ID");

    [Fact]
    public async Task A_client_that_does_not_accept_event_streams_is_refused() =>
        (await kumiko.Anyone.GetAsync(Listener.Path, ("Accept", "application/json"))).IsProblem(406);

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("*/*")]
    [InlineData("application/json, text/*;q=0.5")]
    public async Task A_client_that_accepts_event_streams_gets_one(string accept)
    {
        using var answer = await kumiko.Anyone.OpenAsync(Listener.Path, ("Accept", accept));
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task An_event_id_of_another_installation_resets_the_stream()
    {
        var alice = await kumiko.AliceAsync();
        using var listener = await Listener.OpenAsync(kumiko.Anyone, long.MaxValue);
        var reset = await listener.ReadAsync();
        Assert.Equal(("stream.reset", "{}"), (reset!.Name, reset.Text));
        var post = await alice.WriteAsync("from now on");
        var events = await listener.ReadUntilAsync("post.created", post.Id);
        Assert.Equal(reset.Id + 1, events[0].Id);
    }

    [Fact]
    public async Task Clients_that_reconnect_see_the_same_events_as_one_that_stays()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var writers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => kumiko.NewPersonAsync("writer")));
        // Joining takes a while, and a reader that missed too much of what others write meanwhile would be reset.
        using var steady = await Listener.OpenAsync(kumiko.Anyone);
        var start = steady.LastId;
        var writing = Task.WhenAll(writers.Select((writer, number) => WriteAsync(writer, new Random(unchecked(seed + number)), 40)));
        var breaking = Enumerable
            .Range(0, 6)
            .Select(number =>
                Task.Run(async () =>
                {
                    var random = new Random(unchecked(seed - 1 - number));
                    var (seen, at) = (new List<StreamEvent>(), start);
                    await Task.Delay(random.Next(300), TestContext.Current.CancellationToken);
                    while (!seen.Any(IsLast))
                    {
                        using var listener = await Listener.OpenAsync(kumiko.Anyone, at);
                        for (var left = random.Next(1, 25); left > 0 && !seen.Any(IsLast); left--)
                            seen.Add((await listener.ReadAsync())!);
                        at = listener.LastId;
                    }

                    return seen;
                })
            )
            .ToList();

        await writing;
        var last = await writers[0].WriteAsync($"the last of {seed}");
        var received = await steady.ReadUntilAsync("post.created", last.Id);

        Assert.Equal(Enumerable.Range(1, received.Count).Select(step => start + step), received.Select(happened => happened.Id));
        foreach (var seen in await Task.WhenAll(breaking))
            Assert.Equal(
                received.Select(happened => (happened.Id, happened.Name, happened.Post)),
                seen.Select(happened => (happened.Id, happened.Name, happened.Post))
            );
        IsWhatWasAnswered(received, await writing);

        bool IsLast(StreamEvent happened) => happened.Text.Contains($"the last of {seed}\"", StringComparison.Ordinal);
    }

    // Writes posts, changes some and deletes some, and returns the events to expect.
    internal static async Task<List<(string Name, long Post)>> WriteAsync(Person writer, Random random, int posts)
    {
        var done = new List<(string, long)>();
        for (var n = 0; n < posts; n++)
        {
            var post = (await writer.WriteAsync($"{writer.Username} {n}")).Id;
            done.Add(("post.created", post));
            if (random.Next(3) == 0)
            {
                (await writer.PutAsync($"/api/crud/posts/{post}", new { content = $"{writer.Username} {n}, changed" })).Is(200);
                done.Add(("post.updated", post));
            }

            if (random.Next(4) == 0)
            {
                (await writer.DeleteAsync($"/api/crud/posts/{post}")).Is(204);
                done.Add(("post.deleted", post));
            }
        }

        return done;
    }

    // Each writer worked sequentially, so its events appear in that order among those of the others.
    internal static void IsWhatWasAnswered(List<StreamEvent> received, IEnumerable<List<(string Name, long Post)>> written)
    {
        foreach (var done in written)
        {
            var posts = done.Select(one => one.Post).ToHashSet();
            Assert.Equal(
                done,
                received.Where(happened => posts.Contains(happened.Post)).Select(happened => (happened.Name, happened.Post))
            );
        }
    }
}
