namespace Kumiko.Contract.Installations;

public class RateLimitTests
{
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
}
