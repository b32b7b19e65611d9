namespace Kumiko.Contract.Identity;

public class SignOutTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Signing_out_with_the_access_token_ends_this_session_only()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        var other = await mallory.OnAnotherDeviceAsync();
        Assert.Empty((await mallory.PostAsync("/api/auth/logout")).Is(204).Bytes);
        (await mallory.GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = mallory.RefreshToken })).IsProblem(401);
        (await other.GetAsync("/api/auth/me")).Is(200);
    }

    [Fact]
    public async Task Signing_out_with_the_refresh_token_works_without_an_access_token()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        (await kumiko.Anyone.PostAsync("/api/auth/logout", new { refresh_token = mallory.RefreshToken })).Is(204);
        (await mallory.GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = mallory.RefreshToken })).IsProblem(401);
    }

    [Fact]
    public async Task Signing_out_with_the_cookie_deletes_the_cookie()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        var cookie = Cookie.Of(
            (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = mallory.Email, password = mallory.Password })).Is(200)
        );
        var gone = Cookie.Of((await kumiko.Anyone.PostAsync("/api/auth/logout", null, cookie.Header)).Is(204));
        Assert.Equal(cookie.Name, gone.Name);
        Assert.Equal("/api/auth", gone.Attributes["path"]);
        Assert.Empty(gone.Value);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, cookie.Header)).IsProblem(401);
    }

    [Fact]
    public async Task Signing_out_without_a_token_is_refused()
    {
        (await kumiko.Anyone.PostAsync("/api/auth/logout")).IsProblem(401);
    }
}
