namespace Kumiko.Contract.Identity;

public class ChangePasswordTests(RunningKumiko kumiko)
{
    private const string Path = "/api/auth/me/password";
    private const string NewPassword = "an even better password";

    [Fact]
    public async Task A_new_password_replaces_the_old_one_and_ends_every_other_session()
    {
        var peggy = await kumiko.NewPersonAsync("peggy");
        var other = await peggy.OnAnotherDeviceAsync();
        var before = (Access: peggy.With(peggy.AccessToken), Refresh: peggy.RefreshToken);
        var answer = (
            await peggy.PostAsync(
                Path,
                new
                {
                    current_password = peggy.Password,
                    new_password = NewPassword,
                    token_delivery = "body",
                }
            )
        ).Is(200);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.Equal(peggy.Id, answer["user"].GetProperty("id").GetInt64());
        Assert.Equal(600, answer["expires_in"].GetInt32());
        peggy.UseTokens(answer);

        (await peggy.GetAsync("/api/auth/me")).Is(200);
        Assert.True(Assert.Single((await peggy.GetAsync("/api/auth/sessions")).Is(200).Items).GetProperty("current").GetBoolean());
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = peggy.RefreshToken })).Is(200);
        (await before.Access.GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = before.Refresh })).IsProblem(401);
        (await other.GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = other.RefreshToken })).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = peggy.Email, password = peggy.Password })).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = peggy.Email, password = NewPassword })).Is(200);
    }

    [Fact]
    public async Task A_browser_gets_the_new_refresh_token_in_its_cookie()
    {
        var peggy = await kumiko.NewPersonAsync("peggy");
        var before = Cookie.Of(
            (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = peggy.Email, password = peggy.Password })).Is(200)
        );
        var session = (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, before.Header)).Is(200);
        var old = Cookie.Of(session);
        var answer = (
            await kumiko
                .Anyone.With(session["access_token"].GetString())
                .PostAsync(Path, new { current_password = peggy.Password, new_password = NewPassword }, old.Header)
        ).Is(200);
        Assert.False(answer.Json.TryGetProperty("refresh_token", out _), $"{answer}");
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, Cookie.Of(answer).Header)).Is(200);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, old.Header)).IsProblem(401);
    }

    // An attacker who copied the refresh token within the grace period has the same access as the owner, until the owner changes the
    // password.
    [Fact]
    public async Task A_password_change_voids_this_sessions_old_refresh_token()
    {
        var peggy = await kumiko.NewPersonAsync("peggy");
        var copied = peggy.RefreshToken;
        peggy.UseTokens((await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = copied })).Is(200));
        var thief = (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = copied })).Is(200);

        peggy.UseTokens(
            (
                await peggy.PostAsync(
                    Path,
                    new
                    {
                        current_password = peggy.Password,
                        new_password = NewPassword,
                        token_delivery = "body",
                    }
                )
            ).Is(200)
        );

        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = thief["refresh_token"].GetString() })).IsProblem(401);
        (await kumiko.Anyone.With(thief["access_token"].GetString()).GetAsync("/api/auth/me")).IsProblem(401);
        (await peggy.GetAsync("/api/auth/me")).Is(200);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = peggy.RefreshToken })).Is(200);
    }

    [Fact]
    public async Task An_unknown_token_delivery_is_invalid()
    {
        var alice = await kumiko.AliceAsync();
        (
            await alice.PostAsync(
                Path,
                new
                {
                    current_password = alice.Password,
                    new_password = NewPassword,
                    token_delivery = "pigeon",
                }
            )
        ).IsProblemWith(422, "token_delivery");
    }

    [Fact]
    public async Task The_current_password_must_be_right()
    {
        var peggy = await kumiko.NewPersonAsync("peggy");
        var wrong = await peggy.PostAsync(Path, new { current_password = "not the password", new_password = NewPassword });
        Assert.True(wrong.Status is 403 or 422, $"{wrong}");
        wrong.IsProblem(wrong.Status);
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = peggy.Email, password = peggy.Password })).Is(200);
    }

    [Theory]
    [InlineData("short 7")]
    [InlineData("password")]
    [InlineData("")]
    [InlineData(null)]
    public async Task The_new_password_must_follow_the_rules(string? password)
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PostAsync(Path, new { current_password = alice.Password, new_password = password })).IsProblemWith(
            422,
            "new_password"
        );
    }

    [Fact]
    public async Task The_new_password_must_differ_from_the_old_one_and_from_the_accounts_data()
    {
        var peggy = await kumiko.NewPersonAsync("peggy");
        foreach (
            var password in (string[])
                [peggy.Password, peggy.Username, peggy.Email, $"{peggy.Username.ToUpperInvariant()}!", "kumiko2026", "KumikoKumiko"]
        )
            (await peggy.PostAsync(Path, new { current_password = peggy.Password, new_password = password })).IsProblemWith(
                422,
                "new_password"
            );
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = peggy.Email, password = peggy.Password })).Is(200);
    }

    [Fact]
    public async Task Both_passwords_are_needed()
    {
        var alice = await kumiko.AliceAsync();
        (await alice.PostAsync(Path, new { })).IsProblemWith(422, "new_password");
        (await alice.PostAsync(Path, new { new_password = NewPassword })).IsProblemWith(422, "current_password");
        (await alice.PostAsync(Path, new { current_password = 7 })).IsProblem(400);
        (await kumiko.Anyone.PostAsync(Path, new { current_password = alice.Password, new_password = NewPassword })).IsProblem(401);
    }
}
