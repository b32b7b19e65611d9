namespace Kumiko.Contract.Installations;

public class RestartTests
{
    [Fact]
    public async Task A_restart_keeps_what_was_written_and_signs_nobody_out()
    {
        await using var installation = await new Topology().InstallAsync();
        var first = await installation.StartAsync();
        using var before = new Caller(first.Address);
        var alice = await Person.JoinAsync(before, "alice");
        var post = await alice.WriteAsync("それでも残る 🪵");
        var key = Guid.NewGuid().ToString();
        var once = (await alice.PostAsync("/api/crud/posts", new { content = "once" }, ("Idempotency-Key", key))).Is(201);
        var page = (await before.GetAsync("/api/crud/posts?limit=1")).Is(200);
        Assert.Equal(0, await first.StopAsync());

        await using var second = await installation.StartAsync();
        using var after = new Caller(second.Address);
        var again = after.With(alice.AccessToken);
        (await again.GetAsync("/api/auth/me")).Is(200);
        (await again.PostAsync("/api/crud/posts", new { content = "and on" })).Is(201);
        (await after.PostAsync("/api/auth/refresh", new { refresh_token = alice.RefreshToken })).Is(200);
        (await after.PostAsync("/api/auth/login", new { email = alice.Email, password = alice.Password })).Is(200);
        Assert.Equal(post.Content, (await after.GetAsync($"/api/crud/posts/{post.Id}")).Is(200).Content);
        Assert.Equal(once.Id, (await again.PostAsync("/api/crud/posts", new { content = "once" }, ("Idempotency-Key", key))).Is(201).Id);
        Assert.Equal(
            [post.Id],
            (await after.GetAsync($"/api/crud/posts?limit=1&cursor={Uri.EscapeDataString(page.NextCursor!)}")).Is(200).Ids
        );
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Acknowledged_writes_survive_a_crash()
    {
        await using var installation = await new Topology().InstallAsync();
        var first = await installation.StartAsync();
        using var before = new Caller(first.Address);
        var alice = await Person.JoinAsync(before, "alice");
        var posts = new List<Answer>();
        for (var n = 0; n < 20; n++)
            posts.Add(await alice.WriteAsync($"post {n}"));
        await first.KillAsync();
        await first.DisposeAsync();

        await using var second = await installation.StartAsync();
        using var after = new Caller(second.Address);
        foreach (var post in posts)
            Assert.Equal(post.Content, (await after.GetAsync($"/api/crud/posts/{post.Id}")).Is(200).Content);
        await Eventually.IsAsync(
            () => after.GetAsync($"/api/crud/posts/{posts[0].Id}"),
            answer => answer.Is(200)["username"].GetString() == alice.Username
        );
    }
}
