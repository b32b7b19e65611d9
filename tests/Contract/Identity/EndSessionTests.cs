namespace Kumiko.Contract.Identity;

public class EndSessionTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Ending_a_session_ends_its_tokens()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        var other = await mallory.OnAnotherDeviceAsync();
        var session = await CurrentAsync(other);
        Assert.Empty((await mallory.DeleteAsync($"/api/auth/sessions/{session}")).Is(204).Bytes);
        (await other.GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = other.RefreshToken })).IsProblem(401);
        (await mallory.GetAsync("/api/auth/me")).Is(200);
        Assert.Single((await mallory.GetAsync("/api/auth/sessions")).Is(200).Items);
        (await mallory.DeleteAsync($"/api/auth/sessions/{session}")).IsProblem(404);
    }

    [Fact]
    public async Task Another_users_session_is_not_found()
    {
        var (mallory, bob) = (await kumiko.NewPersonAsync("mallory"), await kumiko.BobAsync());
        (await bob.DeleteAsync($"/api/auth/sessions/{await CurrentAsync(mallory)}")).IsProblem(404);
        (await mallory.GetAsync("/api/auth/me")).Is(200);
    }

    [Fact]
    public async Task A_session_that_does_not_exist_is_not_found()
    {
        var alice = await kumiko.AliceAsync();
        (await alice.DeleteAsync("/api/auth/sessions/0")).IsProblem(404);
    }

    private static async Task<long> CurrentAsync(Person person) =>
        (await person.GetAsync("/api/auth/sessions"))
            .Is(200)
            .Items.Single(session => session.GetProperty("current").GetBoolean())
            .GetProperty("id")
            .GetInt64();
}
