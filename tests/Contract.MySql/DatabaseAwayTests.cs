namespace Kumiko.Contract.MySql;

public class DatabaseAwayTests
{
    [Fact]
    public async Task An_unavailable_database_gives_503_and_recovery_is_automatic()
    {
        var (server, port) = await MySqlServer.AddressAsync();
        using var wire = new Wire(server, port);
        await using var installation = await MySqlServer.InstallAsync(wire.Port);
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        using var operators = new Caller(host.Operators) { IsDescribed = false };
        var alice = await Person.JoinAsync(caller, "alice");
        var post = await alice.WriteAsync("before the cut");

        wire.Cut();
        Answer[] answers =
        [
            await caller.GetAsync("/api/crud/posts"),
            await caller.GetAsync($"/api/crud/posts/{post.Id}"),
            await caller.GetAsync($"/api/crud/posts?q=cut"),
            await alice.PostAsync("/api/crud/posts", new { content = "during the cut" }),
            await alice.PutAsync($"/api/crud/posts/{post.Id}", new { content = "during the cut" }),
            await alice.DeleteAsync($"/api/crud/posts/{post.Id}"),
            await alice.GetAsync("/api/auth/me"),
            await caller.PostAsync("/api/auth/login", new { email = alice.Email, password = alice.Password }),
            await caller.PostAsync("/api/auth/refresh", new { refresh_token = alice.RefreshToken }),
            await caller.PostAsync(
                "/api/auth/register",
                new
                {
                    email = "x@example.test",
                    username = "somebody",
                    password = "a good long password",
                }
            ),
            await caller.GetAsync($"/api/auth/users/{alice.Id}"),
        ];
        Assert.All(answers, answer => answer.IsProblem(503));
        // Find each of them in the log by its own message.
        await Eventually.IsAsync(
            () => Task.FromResult(host.Log),
            log =>
                answers.All(answer =>
                    log.Split('\n')
                        .Any(line =>
                            line.Contains("was answered 503", StringComparison.Ordinal)
                            && line.Contains(answer["trace_id"].GetString()!, StringComparison.Ordinal)
                        )
                )
        );
        foreach (var path in (string[])["/api/crud/health", "/api/auth/health"])
        {
            var health = (await caller.GetAsync(path)).Is(503).LeaksNothing();
            Assert.Equal("unhealthy", health["status"].GetString());
            Assert.Equal("disconnected", health["database"].GetString());
            Moment.IsRecent(health["timestamp"]);
        }

        (await operators.GetAsync("/health/live")).Is(200);
        (await operators.GetAsync("/health/ready")).Is(503).LeaksNothing();

        // The keys are already loaded, so a token is verified without the database.
        (await caller.With("junk").GetAsync("/api/auth/me")).IsProblem(401);

        wire.Mend();
        await Eventually.IsAsync(() => operators.GetAsync("/health/ready"), answer => answer.Status == 200);
        Assert.Equal("before the cut", (await caller.GetAsync($"/api/crud/posts/{post.Id}")).Is(200).Content);
        await alice.WriteAsync("after the cut");
        (await alice.GetAsync("/api/auth/me")).Is(200);
        (await caller.GetAsync("/api/crud/health")).Is(200);
        await Eventually.IsAsync(
            () => caller.GetAsync($"/api/crud/posts/{post.Id}"),
            answer => answer.Is(200)["username"].GetString() == alice.Username
        );
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    public async Task An_open_stream_survives_a_database_outage_and_misses_nothing()
    {
        var (server, port) = await MySqlServer.AddressAsync();
        using var wire = new Wire(server, port);
        await using var installation = await MySqlServer.InstallAsync(wire.Port);
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        using var operators = new Caller(host.Operators) { IsDescribed = false };
        var alice = await Person.JoinAsync(caller, "alice");
        using var listener = await Listener.OpenAsync(caller);
        var before = await alice.WriteAsync("before the cut");
        Assert.Single(await listener.ReadUntilAsync("post.created", before.Id));

        wire.Cut();
        (await caller.GetAsync(Listener.Path)).IsProblem(503);
        Assert.True(await listener.HasCommentsAsync(2, TimeSpan.FromSeconds(25)));

        wire.Mend();
        await Eventually.IsAsync(() => operators.GetAsync("/health/ready"), answer => answer.Status == 200);
        var after = await alice.WriteAsync("after the cut");
        Assert.Single(await listener.ReadUntilAsync("post.created", after.Id));
        using var again = await Listener.OpenAsync(caller, 0);
        Assert.Equal([before.Id, after.Id], (await again.ReadUntilAsync("post.created", after.Id)).Select(happened => happened.Post));
        HostLog.HoldsNoUnhandledError(host.Log);
    }

    [Fact]
    public async Task Repeated_database_outages_lose_no_acknowledged_write()
    {
        var (server, port) = await MySqlServer.AddressAsync();
        using var wire = new Wire(server, port);
        await using var installation = await MySqlServer.InstallAsync(wire.Port);
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        using var operators = new Caller(host.Operators) { IsDescribed = false };
        var alice = await Person.JoinAsync(caller, "alice");

        using var enough = new CancellationTokenSource();
        var storm = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    await Task.Delay(300, TestContext.Current.CancellationToken);
                    wire.Cut();
                    await Task.Delay(50, TestContext.Current.CancellationToken);
                    wire.Mend();
                }
            },
            TestContext.Current.CancellationToken
        );
        var kept = new List<Answer>();
        for (var n = 0; n < 200; n++)
        {
            var answer = await alice.PostAsync("/api/crud/posts", new { content = $"post {n}" });
            Assert.True(answer.Status is 201 or 503, $"{answer}");
            if (answer.Status == 201)
                kept.Add(answer);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await enough.CancelAsync();
        await storm;
        wire.Mend();
        Assert.NotEmpty(kept);
        await Eventually.IsAsync(() => operators.GetAsync("/health/ready"), answer => answer.Status == 200);
        foreach (var post in kept)
            Assert.Equal(post.Content, (await caller.GetAsync($"/api/crud/posts/{post.Id}")).Is(200).Content);
        var name = Person.UniqueName("alice");
        (await alice.PatchAsync("/api/auth/me", new { username = name })).Is(200);
        await Eventually.IsAsync(
            () => caller.GetAsync($"/api/crud/posts/{kept[0].Id}"),
            answer => answer.Is(200)["username"].GetString() == name
        );
    }

    [Fact]
    public async Task The_running_user_needs_no_schema_rights_after_migration()
    {
        await using var installation = await MySqlServer.InstallAsync();
        await using (var first = await installation.StartAsync())
            Assert.Equal(0, await first.StopAsync());

        await using var host = await installation.StartAsync(
            ("Database__MigrateOnStart", "false"),
            ("ConnectionStrings__PostsMigrations", ""),
            ("ConnectionStrings__IdentityMigrations", "")
        );
        using var caller = new Caller(host.Address);
        var alice = await Person.JoinAsync(caller, "alice");
        await alice.WriteAsync("rows only");
        HostLog.HoldsNoUnhandledError(host.Log);
    }
}
