namespace Kumiko.Contract.Identity;

public class RefreshTokensTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task A_refresh_token_in_the_body_gives_a_new_pair_in_the_body()
    {
        var liam = await kumiko.NewPersonAsync("liam");
        var answer = (await RefreshAsync(liam.RefreshToken)).Is(200);
        Assert.NotEqual(liam.RefreshToken, answer["refresh_token"].GetString());
        Assert.NotEqual(liam.AccessToken, answer["access_token"].GetString());
        Assert.Equal("Bearer", answer["token_type"].GetString());
        Assert.Equal(600, answer["expires_in"].GetInt32());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Null(answer.Header("Set-Cookie"));
        liam.UseTokens(answer);
        (await liam.GetAsync("/api/auth/me")).Is(200);
        Assert.Single((await liam.GetAsync("/api/auth/sessions")).Is(200).Items);
    }

    [Fact]
    public async Task A_refresh_token_in_the_cookie_gives_a_new_cookie()
    {
        var liam = await kumiko.NewPersonAsync("liam");
        var first = Cookie.Of(
            (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = liam.Email, password = liam.Password })).Is(200)
        );
        var answer = (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, first.Header)).Is(200);
        var second = Cookie.Of(answer);
        Assert.Equal(first.Name, second.Name);
        Assert.NotEqual(first.Value, second.Value);
        Assert.Equal(first.Attributes.Keys.Order(), second.Attributes.Keys.Order());
        Assert.Equal("/api/auth", second.Attributes["path"]);
        Assert.False(answer.Json.TryGetProperty("refresh_token", out _), $"{answer}");
        (await kumiko.Anyone.With(answer["access_token"].GetString()).GetAsync("/api/auth/me")).Is(200);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { }, second.Header)).Is(200);
    }

    [Fact]
    public async Task Repeated_refreshes_stay_in_one_session()
    {
        var liam = await kumiko.NewPersonAsync("liam");
        for (var n = 0; n < 5; n++)
            liam.UseTokens((await RefreshAsync(liam.RefreshToken)).Is(200));
        Assert.Single((await liam.GetAsync("/api/auth/sessions")).Is(200).Items);
    }

    [Fact]
    public async Task A_client_that_lost_the_answer_can_retry()
    {
        var liam = await kumiko.NewPersonAsync("liam");
        var lost = (await RefreshAsync(liam.RefreshToken)).Is(200);
        var again = (await RefreshAsync(liam.RefreshToken)).Is(200);
        Assert.Equal(lost["refresh_token"].GetString(), again["refresh_token"].GetString());
        Assert.Equal(lost["user"].ToString(), again["user"].ToString());
        liam.UseTokens(again);
        (await liam.GetAsync("/api/auth/me")).Is(200);
        Assert.Single((await liam.GetAsync("/api/auth/sessions")).Is(200).Items);
        (await RefreshAsync(liam.RefreshToken)).Is(200);
    }

    [Fact]
    public async Task Simultaneous_refreshes_get_the_same_new_token()
    {
        var liam = await kumiko.NewPersonAsync("liam");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RefreshAsync(liam.RefreshToken)));
        Assert.All(answers, answer => answer.Is(200));
        Assert.Single(answers.Select(answer => answer["refresh_token"].GetString()).Distinct());
        foreach (var answer in answers)
            (await kumiko.Anyone.With(answer["access_token"].GetString()).GetAsync("/api/auth/me")).Is(200);
        liam.UseTokens(answers[^1]);
        Assert.Single((await liam.GetAsync("/api/auth/sessions")).Is(200).Items);
        (await RefreshAsync(liam.RefreshToken)).Is(200);
    }

    // Waits for the grace period of ten seconds to pass. That is long, but it is what the contract promises.
    [Fact]
    public async Task A_used_token_shown_after_the_grace_period_ends_only_its_session()
    {
        var liam = await kumiko.NewPersonAsync("liam");
        var other = await liam.OnAnotherDeviceAsync();
        var stolen = liam.RefreshToken;
        liam.UseTokens((await RefreshAsync(stolen)).Is(200));
        await Task.Delay(TimeSpan.FromSeconds(10.5), TestContext.Current.CancellationToken);

        (await RefreshAsync(stolen)).IsProblem(401);

        (await RefreshAsync(liam.RefreshToken)).IsProblem(401);
        (await liam.GetAsync("/api/auth/me")).IsProblem(401);
        (await other.GetAsync("/api/auth/me")).Is(200);
        (await RefreshAsync(other.RefreshToken)).Is(200);
    }

    [Fact]
    public async Task A_token_reused_after_its_successor_was_used_ends_the_session()
    {
        var liam = await kumiko.NewPersonAsync("liam");
        var first = liam.RefreshToken;
        liam.UseTokens((await RefreshAsync(first)).Is(200));
        liam.UseTokens((await RefreshAsync(liam.RefreshToken)).Is(200));
        (await RefreshAsync(first)).IsProblem(401);
        (await RefreshAsync(liam.RefreshToken)).IsProblem(401);
        (await liam.GetAsync("/api/auth/me")).IsProblem(401);
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("")]
    [InlineData("日本")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_token_that_was_never_issued_is_refused(string token)
    {
        (await RefreshAsync(token)).IsProblem(401);
        (
            await kumiko.Anyone.PostAsync("/api/auth/refresh", null, ("Cookie", $"__Secure-kumiko_refresh={Uri.EscapeDataString(token)}"))
        ).IsProblem(401);
    }

    [Fact]
    public async Task A_refresh_without_a_token_is_refused()
    {
        (await kumiko.Anyone.PostAsync("/api/auth/refresh")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { })).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = (string?)null })).IsProblem(401);
    }

    [Fact]
    public async Task A_refresh_token_of_another_type_is_unreadable()
    {
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", Caller.Json("{\"refresh_token\":7}"))).IsProblem(400);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", Caller.Json("{"))).IsProblem(400);
    }

    [Fact]
    public async Task Access_and_refresh_tokens_are_not_interchangeable()
    {
        var liam = await kumiko.NewPersonAsync("liam");
        (await RefreshAsync(liam.AccessToken!)).IsProblem(401);
        (await kumiko.Anyone.With(liam.RefreshToken).GetAsync("/api/auth/me")).IsProblem(401);
    }

    private async Task<Answer> RefreshAsync(string token)
    {
        var answer = await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = token });
        if (answer.Status == 200)
            HostLog.Watch("refresh token", answer["refresh_token"].GetString());
        return answer;
    }
}
