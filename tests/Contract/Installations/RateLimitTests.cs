using System.Net;

namespace Kumiko.Contract.Installations;

public class RateLimitTests
{
    private static readonly (string, string) Enabled = ("RateLimits__Enabled", "true");

    [Fact]
    public async Task Guessing_a_password_is_slowed_down_for_that_account_only()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("RateLimits__SignInsPerMinute", "3"));
        using var caller = new Caller(host.Address);
        // The minute begins as Victor signs in.
        var wendy = await Person.JoinAsync(caller, "wendy");
        var victor = await Person.JoinAsync(caller, "victor");

        var answers = new List<Answer>();
        for (var n = 0; n < 5; n++)
            answers.Add(await caller.PostAsync("/api/auth/login", new { email = victor.Email, password = $"guess number {n}" }));
        Assert.Equal([401, 401, 429, 429, 429], answers.Select(answer => answer.Status));
        answers[^1].IsProblem(429);

        // Neither another spelling of the address nor the right password opens it sooner.
        (await caller.PostAsync("/api/auth/login", new { email = victor.Email.ToUpperInvariant(), password = victor.Password })).IsProblem(429);
        (await caller.PostAsync("/api/auth/login", new { email = wendy.Email, password = wendy.Password })).Is(200);
        (await victor.GetAsync("/api/auth/me")).Is(200);
    }

    [Fact]
    public async Task Addresses_that_nobody_has_are_limited_alike()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("RateLimits__SignInsPerMinute", "2"));
        using var caller = new Caller(host.Address);
        var answers = new List<Answer>();
        for (var n = 0; n < 3; n++)
            answers.Add(await caller.PostAsync("/api/auth/login", new { email = "nobody@example.test", password = $"guess number {n}" }));
        Assert.Equal([401, 401, 429], answers.Select(answer => answer.Status));
    }

    [Fact]
    public async Task Writing_changing_and_deleting_have_limits_a_user()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(Enabled, ("RateLimits__PostsPerMinute", "3"), ("RateLimits__ChangesPerMinute", "4"));
        using var caller = new Caller(host.Address);
        var (wendy, victor) = (await Person.JoinAsync(caller, "wendy"), await Person.JoinAsync(caller, "victor"));

        var first = await victor.WriteAsync("one");
        Assert.Equal("\"posts\";q=3;w=60", first.Header("RateLimit-Policy"));
        Assert.Equal("\"posts\";r=2", first.Header("RateLimit"));
        await victor.WriteAsync("two");
        await victor.WriteAsync("three");
        var refused = (await victor.PostAsync("/api/crud/posts", new { content = "four" })).IsProblem(429);
        Assert.Equal("\"posts\";q=3;w=60", refused.Header("RateLimit-Policy"));
        Assert.Matches("^\"posts\";r=0;t=[0-9]+$", refused.Header("RateLimit") ?? "");

        // Each limit is its own, changes and deletions share one, and what fails counts as well.
        for (var n = 0; n < 3; n++)
            (await victor.PutAsync($"/api/crud/posts/{first.Id}", new { content = $"changed {n}" })).Is(200);
        (await victor.DeleteAsync("/api/crud/posts/999999")).IsProblem(404);
        (await victor.DeleteAsync($"/api/crud/posts/{first.Id}")).IsProblem(429);
        (await victor.PutAsync($"/api/crud/posts/{first.Id}", new { content = "once more" })).IsProblem(429);

        (await victor.GetAsync($"/api/crud/posts/{first.Id}")).Is(200);
        await wendy.WriteAsync("from another user");
    }

    [Fact]
    public async Task One_address_holds_few_streams_and_takes_up_few_again()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(Enabled, ("RateLimits__StreamsPerAddress", "2"), ("RateLimits__ResumesPerMinute", "3"));
        using var greedy = new Caller(host.Address, IPAddress.Parse("127.0.0.2"));
        using var neighbour = new Caller(host.Address, IPAddress.Parse("127.0.0.3"));
        using var first = await Listener.OpenAsync(greedy);
        var second = await Listener.OpenAsync(greedy);
        (await greedy.GetAsync(Listener.Path)).IsProblem(429);
        using var beside = await Listener.OpenAsync(neighbour);

        second.Dispose();
        await Eventually.IsAsync(() => StatusOfStreamAsync(greedy, after: null), status => status == 200);

        for (var n = 0; n < 3; n++)
            await Eventually.IsAsync(() => StatusOfStreamAsync(neighbour, after: 0), status => status == 200);
        Assert.Equal(429, await StatusOfStreamAsync(neighbour, after: 0));
    }

    [Fact]
    public async Task Switched_off_nothing_is_limited()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("RateLimits__Enabled", "false"), ("RateLimits__PostsPerMinute", "1"));
        using var caller = new Caller(host.Address);
        var victor = await Person.JoinAsync(caller, "victor");
        Assert.Null((await victor.WriteAsync("one")).Header("RateLimit"));
        await victor.WriteAsync("two");
    }

    private static async Task<int> StatusOfStreamAsync(Caller caller, long? after)
    {
        using var answer = await caller.OpenAsync(Listener.Path, after is null ? [] : [("Last-Event-ID", $"{after}")]);
        return (int)answer.StatusCode;
    }
}
