namespace Kumiko.Contract.Identity;

public class ReauthenticateTests(RunningKumiko kumiko)
{
    private const string Path = "/api/auth/reauthenticate";
    private const string Delicate = "/api/auth/me/totp";

    [Fact]
    public async Task A_token_without_the_accounts_second_factor_is_not_enough_for_a_delicate_change()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        // What a thief could have copied before the second factor was turned on.
        var older = kumiko.Anyone.With(wendy.AccessToken);
        var app = await wendy.UseAuthenticatorAsync();

        var refused = (await older.PostAsync(Delicate, null)).IsProblem(401);
        Assert.Equal("Bearer error=\"insufficient_user_authentication\", max_age=600", refused.Header("WWW-Authenticate"));
        Assert.EndsWith("/recent-sign-in-required", refused["type"].GetString(), StringComparison.Ordinal);
        // The session itself is alive.
        (await older.GetAsync("/api/auth/me")).Is(200);

        Assert.EndsWith(
            "/second-factor-required",
            (await older.PostAsync(Path, new { password = wendy.Password })).IsProblem(401)["type"].GetString(),
            StringComparison.Ordinal
        );
        (await older.PostAsync(Path, new { totp_code = app.Wrong() })).IsProblemWith(422, "totp_code");
        var fresh = (await older.PostAsync(Path, new { totp_code = app.Next() })).Is(200);
        // It gets past the check, to what the endpoint itself says: the second factor is on already.
        (await kumiko.Anyone.With(fresh["access_token"].GetString()).PostAsync(Delicate, null)).IsProblem(409);
        (await older.PostAsync(Delicate, null)).IsProblem(401);

        // A refresh keeps it.
        await wendy.RefreshAsync();
        (await wendy.PostAsync(Delicate, null)).IsProblem(409);
        Assert.Equal((Claims.Of(fresh).AuthTime, Claims.Of(fresh).Session), (Claims.Of(wendy).AuthTime, Claims.Of(wendy).Session));
        Assert.Equal(["pwd", "otp", "mfa"], Claims.Of(wendy).Methods);
    }

    // Otherwise a thief could swap the names, so that the owner removes the wrong one.
    [Fact]
    public async Task A_token_without_the_accounts_passkey_is_not_enough_to_rename_one()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        var older = kumiko.Anyone.With(wendy.AccessToken);
        var key = await SoftwareKey.AddAsync(wendy, "Mine");
        var path = $"/api/auth/passkeys/{(await wendy.GetAsync("/api/auth/passkeys")).Ids[0]}";

        var refused = (await older.PatchAsync(path, new { name = "Theirs" })).IsProblem(401);
        Assert.EndsWith("/recent-sign-in-required", refused["type"].GetString(), StringComparison.Ordinal);

        wendy.UseTokens((await key.SignInAsync(kumiko.Anyone)).Is(200));
        Assert.Equal("Mine", (await wendy.GetAsync("/api/auth/passkeys")).Items[0].GetProperty("name").GetString());
        (await wendy.PatchAsync(path, new { name = "Still mine" })).Is(200);
    }

    [Fact]
    public async Task The_password_gives_a_new_access_token_of_the_same_session()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        var answer = (await wendy.PostAsync(Path, new { password = wendy.Password })).Is(200);
        Assert.Equal("Bearer", answer["token_type"].GetString());
        Assert.Equal(600, answer["expires_in"].GetInt32());
        Assert.Equal(wendy.Id, answer["user"].GetProperty("id").GetInt64());
        Assert.False(answer.Json.TryGetProperty("refresh_token", out _), $"{answer}");
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        var (before, after) = (Claims.Of(wendy), Claims.Of(answer));
        Assert.Equal(before.Session, after.Session);
        Assert.True(after.AuthTime >= before.AuthTime);
        Assert.Equal(["pwd"], after.Methods);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = wendy.RefreshToken })).Is(200);
    }

    [Fact]
    public async Task A_wrong_proof_or_none_renews_nothing()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        (await wendy.PostAsync(Path, new { password = "not the password" })).IsProblemWith(422, "password");
        (await wendy.PostAsync(Path, new { })).IsProblemWith(422, "password");
        (await wendy.PostAsync(Path, new { password = "", totp_code = "" })).IsProblemWith(422, "password");
        (await wendy.PostAsync(Path, new { totp_code = "123456" })).IsProblemWith(422, "password");
        (await wendy.PostAsync(Path, new { totp_code = new string('1', 65) })).IsProblemWith(422, "totp_code");
        (await kumiko.Anyone.PostAsync(Path, new { password = wendy.Password })).IsProblem(401);
    }
}
