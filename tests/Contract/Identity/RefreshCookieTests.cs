namespace Kumiko.Contract.Identity;

/// <summary>The refresh token's cookie is accepted only from pages of this site, and only where no other site can have set it.</summary>
public class RefreshCookieTests(RunningKumiko kumiko)
{
    public static TheoryData<string, string> Elsewhere =>
        new()
        {
            { "Sec-Fetch-Site", "cross-site" },
            { "Sec-Fetch-Site", "same-site" },
            { "Sec-Fetch-Site", "nonsense" },
            { "Origin", "https://evil.example" },
            { "Origin", "null" },
            { "Origin", "https://evil.app.local" },
            { "Origin", "not an origin" },
        };

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task A_page_of_another_site_cannot_use_the_cookie(string header, string value)
    {
        var cookie = await CookieAsync();
        foreach (var path in (string[])["/api/auth/refresh", "/api/auth/logout"])
        {
            foreach (var body in (object?[])[null, new { }])
            {
                var refused = (await kumiko.Anyone.PostAsync(path, body, cookie.Header, (header, value))).IsProblem(403);
                Assert.Null(refused.Header("Set-Cookie"));
            }
        }

        (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, cookie.Header)).Is(200);
    }

    [Fact]
    public async Task Another_port_is_another_site()
    {
        var cookie = await CookieAsync();
        var neighbour = new UriBuilder(kumiko.Anyone.Address) { Port = kumiko.Anyone.Address.Port == 1 ? 2 : 1 }.Uri.GetLeftPart(
            UriPartial.Authority
        );
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, cookie.Header, ("Origin", neighbour))).IsProblem(403);
        (await kumiko.Anyone.PostAsync("/api/auth/logout", null, cookie.Header, ("Origin", neighbour))).IsProblem(403);
    }

    [Theory]
    [InlineData("same-origin")]
    [InlineData("none")]
    public async Task A_page_of_this_site_can_use_the_cookie(string site)
    {
        var cookie = Cookie.Of(
            (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, (await CookieAsync()).Header, ("Sec-Fetch-Site", site))).Is(200)
        );
        cookie = Cookie.Of(
            (
                await kumiko.Anyone.PostAsync(
                    "/api/auth/refresh",
                    null,
                    cookie.Header,
                    ("Origin", kumiko.Anyone.Address.GetLeftPart(UriPartial.Authority))
                )
            ).Is(200)
        );
        (await kumiko.Anyone.PostAsync("/api/auth/logout", null, cookie.Header, ("Sec-Fetch-Site", site))).Is(204);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_cookies_of_the_name_are_refused_and_change_nothing(bool isFirst)
    {
        var cookie = await CookieAsync();
        var two = isFirst
            ? $"{cookie.Name}=of-a-neighbour; {cookie.Name}={cookie.Value}"
            : $"{cookie.Name}={cookie.Value}; other=1; {cookie.Name}=of-a-neighbour";
        foreach (var path in (string[])["/api/auth/refresh", "/api/auth/logout"])
            Assert.Null((await kumiko.Anyone.PostAsync(path, null, ("Cookie", two))).IsProblem(400).Header("Set-Cookie"));

        (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, cookie.Header)).Is(200);
    }

    [Fact]
    public async Task A_sign_in_from_another_site_does_not_end_the_cookies_session()
    {
        var ken = await kumiko.RegularAsync("ken");
        var body = new { email = ken.Email, password = ken.Password };
        var cookie = Cookie.Of((await kumiko.Anyone.PostAsync("/api/auth/login", body)).Is(200));
        (await kumiko.Anyone.PostAsync("/api/auth/login", body, cookie.Header, ("Sec-Fetch-Site", "cross-site"))).Is(200);
        (await kumiko.Anyone.PostAsync("/api/auth/login", body, ("Cookie", $"{cookie.Name}=x; {cookie.Name}={cookie.Value}"))).Is(200);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, cookie.Header)).Is(200);
    }

    [Fact]
    public async Task A_refresh_token_in_the_body_works_from_any_site()
    {
        var ken = await (await kumiko.RegularAsync("ken")).OnAnotherDeviceAsync();
        (
            await kumiko.Anyone.PostAsync(
                "/api/auth/refresh",
                new { refresh_token = ken.RefreshToken },
                ("Origin", "https://client.example")
            )
        ).Is(200);
    }

    private async Task<Cookie> CookieAsync()
    {
        var ken = await kumiko.RegularAsync("ken");
        return Cookie.Of((await kumiko.Anyone.PostAsync("/api/auth/login", new { email = ken.Email, password = ken.Password })).Is(200));
    }
}
