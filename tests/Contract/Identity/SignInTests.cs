namespace Kumiko.Contract.Identity;

public class SignInTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Signing_in_gives_a_bearer_token_for_ten_minutes_and_the_user()
    {
        var alice = await kumiko.AliceAsync();
        var answer = (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = alice.Email, password = alice.Password })).Is(200);
        Assert.Equal("Bearer", answer["token_type"].GetString());
        Assert.Equal(600, answer["expires_in"].GetInt32());
        Assert.Equal(alice.Id, answer["user"].GetProperty("id").GetInt64());
        Assert.Equal(alice.Email, answer["user"].GetProperty("email").GetString());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(alice.Id, (await kumiko.Anyone.With(answer["access_token"].GetString()).GetAsync("/api/auth/me")).Is(200).Id);
    }

    [Fact]
    public async Task The_refresh_token_comes_in_a_cookie_that_no_script_and_no_other_site_can_use()
    {
        var alice = await kumiko.AliceAsync();
        var answer = (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = alice.Email, password = alice.Password })).Is(200);
        Assert.False(answer.Json.TryGetProperty("refresh_token", out _), $"{answer}");
        var cookie = Cookie.Of(answer);
        Assert.Equal("__Secure-kumiko_refresh", cookie.Name);
        Assert.Equal("/api/auth", cookie.Attributes["path"]);
        Assert.Equal("strict", cookie.Attributes["samesite"], ignoreCase: true);
        Assert.Contains("httponly", cookie.Attributes.Keys);
        Assert.Contains("secure", cookie.Attributes.Keys);
        Assert.DoesNotContain("domain", cookie.Attributes.Keys);
        Assert.InRange(int.Parse(cookie.Attributes["max-age"], System.Globalization.CultureInfo.InvariantCulture), 2_591_000, 2_592_000);
    }

    [Fact]
    public async Task A_client_without_cookies_gets_the_refresh_token_in_the_body_and_no_cookie()
    {
        var alice = await kumiko.AliceAsync();
        var answer = await alice.LoginAsync();
        Assert.True(answer["refresh_token"].GetString() is { Length: >= 20 });
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Token_delivery_is_case_insensitive()
    {
        var alice = await kumiko.AliceAsync();
        var body = new
        {
            email = alice.Email,
            password = alice.Password,
            token_delivery = "Body",
        };
        Assert.NotNull((await kumiko.Anyone.PostAsync("/api/auth/login", body)).Is(200)["refresh_token"].GetString());
    }

    [Theory]
    [InlineData("carrier pigeon")]
    [InlineData("")]
    public async Task An_unknown_token_delivery_is_invalid(string delivery)
    {
        var alice = await kumiko.AliceAsync();
        var body = new
        {
            email = alice.Email,
            password = alice.Password,
            token_delivery = delivery,
        };
        (await kumiko.Anyone.PostAsync("/api/auth/login", body)).IsProblemWith(422, "token_delivery");
    }

    [Fact]
    public async Task The_address_is_case_insensitive()
    {
        var alice = await kumiko.AliceAsync();
        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = alice.Email.ToUpperInvariant(), password = alice.Password })).Is(
            200
        );
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var ken = await kumiko.NewPersonAsync("ken");
        var wrong = (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = ken.Email, password = "not the password" })).IsProblem(
            401
        );
        var unknown = (
            await kumiko.Anyone.PostAsync("/api/auth/login", new { email = $"x{ken.Email}", password = "not the password" })
        ).IsProblem(401);
        foreach (var member in (string[])["type", "title", "status", "detail", "instance"])
            Assert.Equal(wrong[member].ToString(), unknown[member].ToString());
        Assert.Equal(
            wrong.Json.EnumerateObject().Select(member => member.Name),
            unknown.Json.EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal(wrong.Headers.Keys.Order(), unknown.Headers.Keys.Order());
        Assert.Equal(wrong.Header("WWW-Authenticate"), unknown.Header("WWW-Authenticate"));
        Assert.Null(wrong.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("{}", "email")]
    [InlineData("{}", "password")]
    [InlineData("{\"email\":null,\"password\":null}", "password")]
    [InlineData("{\"email\":\"\",\"password\":\"long enough\"}", "email")]
    public async Task A_missing_address_or_password_is_invalid(string body, string field)
    {
        (await kumiko.Anyone.PostAsync("/api/auth/login", Caller.Json(body))).IsProblemWith(422, field);
    }

    [Theory]
    [InlineData("no address at all", "long enough")]
    [InlineData("somebody@example.test", "x")]
    [InlineData("somebody@example.test", "x1000")]
    [InlineData("' or 1=1 --", "' or 1=1 --")]
    public async Task Hostile_input_does_not_sign_anyone_in(string email, string password)
    {
        var answer = await kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new { email, password = password == "x1000" ? new string('x', 1_000) : password }
        );
        answer.IsProblem(answer.Status == 422 ? 422 : 401);
    }

    [Fact]
    public async Task Signing_in_with_a_browser_ends_the_previous_session_of_its_cookie()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        var body = new { email = mallory.Email, password = mallory.Password };
        var first = (await kumiko.Anyone.PostAsync("/api/auth/login", body)).Is(200);
        var second = (await kumiko.Anyone.PostAsync("/api/auth/login", body, Cookie.Of(first).Header)).Is(200);
        (await kumiko.Anyone.With(first["access_token"].GetString()).GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, Cookie.Of(first).Header)).IsProblem(401);
        Assert.Equal(2, (await mallory.GetAsync("/api/auth/sessions")).Is(200).Items.Count);

        // A client that stores its tokens by itself is not the browser.
        (
            await kumiko.Anyone.PostAsync(
                "/api/auth/login",
                new
                {
                    body.email,
                    body.password,
                    token_delivery = "body",
                },
                Cookie.Of(second).Header
            )
        ).Is(200);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", null, Cookie.Of(second).Header)).Is(200);
    }
}
