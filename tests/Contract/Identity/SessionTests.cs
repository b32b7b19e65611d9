namespace Kumiko.Contract.Identity;

public class SessionTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task The_list_shows_where_one_is_signed_in_and_which_of_them_this_is()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        await kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new { email = mallory.Email, password = mallory.Password },
            ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
        );
        var list = (await mallory.GetAsync("/api/auth/sessions")).Is(200);
        Assert.Equal("no-store", list.Header("Cache-Control"));
        Assert.Equal(2, list.Items.Count);
        Assert.Single(list.Items, session => session.GetProperty("current").GetBoolean());
        Assert.Contains("Firefox", list.Text, StringComparison.Ordinal);
        foreach (var session in list.Items)
        {
            Assert.True(session.GetProperty("id").GetInt64() > 0);
            Assert.True(session.TryGetProperty("device", out _), $"{list}");
            Assert.True(session.TryGetProperty("address", out _), $"{list}");
            Moment.IsRecent(session.GetProperty("created_at"));
            Moment.IsRecent(session.GetProperty("last_used_at"));
        }
    }

    [Fact]
    public async Task The_current_session_comes_first_however_old_it_is()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        for (var n = 0; n < 3; n++)
            await mallory.OnAnotherDeviceAsync();
        var ids = new List<long>();
        var path = "/api/auth/sessions?limit=1";
        for (var cursor = ""; cursor is not null; )
        {
            var page = (await mallory.GetAsync(path + (cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : ""))).Is(200);
            Assert.Equal(ids.Count == 0, Assert.Single(page.Items).GetProperty("current").GetBoolean());
            ids.AddRange(page.Ids);
            cursor = page.NextCursor;
        }

        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(ids.Skip(1).OrderDescending(), ids.Skip(1));
        Assert.Equal(ids, (await mallory.GetAsync("/api/auth/sessions")).Is(200).Ids);
    }

    [Fact]
    public async Task A_sign_in_in_a_browser_ends_the_session_that_its_cookie_held()
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

    [Fact]
    public async Task A_long_name_of_a_device_is_cut_between_characters()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        await kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new { email = mallory.Email, password = mallory.Password },
            ("User-Agent", new string('a', 254) + "😀")
        );
        await kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new { email = mallory.Email, password = mallory.Password },
            ("User-Agent", new string('b', 253) + "😀")
        );
        var devices = (await mallory.GetAsync("/api/auth/sessions"))
            .Is(200)
            .Items.Select(session => session.GetProperty("device").GetString())
            .ToList();
        Assert.Contains(new string('a', 254), devices);
        Assert.Contains(new string('b', 253) + "😀", devices);
    }

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
    public async Task Ending_all_others_leaves_this_one()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        var others = new[] { await mallory.OnAnotherDeviceAsync(), await mallory.OnAnotherDeviceAsync() };
        (await mallory.DeleteAsync("/api/auth/sessions")).Is(204);
        Assert.True(Assert.Single((await mallory.GetAsync("/api/auth/sessions")).Is(200).Items).GetProperty("current").GetBoolean());
        foreach (var other in others)
        {
            (await other.GetAsync("/api/auth/me")).IsProblem(401);
            (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = other.RefreshToken })).IsProblem(401);
        }

        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = mallory.RefreshToken })).Is(200);
    }

    [Fact]
    public async Task Someone_elses_session_is_not_to_be_found()
    {
        var (mallory, bob) = (await kumiko.NewPersonAsync("mallory"), await kumiko.BobAsync());
        (await bob.DeleteAsync($"/api/auth/sessions/{await CurrentAsync(mallory)}")).IsProblem(404);
        (await mallory.GetAsync("/api/auth/me")).Is(200);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("9223372036854775808")]
    public async Task A_session_that_does_not_exist_is_not_found(string id)
    {
        var alice = await kumiko.AliceAsync();
        (await alice.DeleteAsync($"/api/auth/sessions/{id}")).IsProblem(404);
    }

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
    public async Task Signing_out_with_the_refresh_token_works_when_the_access_token_is_long_gone()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        (await kumiko.Anyone.PostAsync("/api/auth/logout", new { refresh_token = mallory.RefreshToken })).Is(204);
        (await mallory.GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = mallory.RefreshToken })).IsProblem(401);
    }

    [Fact]
    public async Task Signing_out_with_the_cookie_takes_the_cookie_away()
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
    public async Task Nobody_can_sign_out_without_a_token()
    {
        (await kumiko.Anyone.PostAsync("/api/auth/logout")).IsProblem(401);
    }

    private static async Task<long> CurrentAsync(Person person) =>
        (await person.GetAsync("/api/auth/sessions"))
            .Is(200)
            .Items.Single(session => session.GetProperty("current").GetBoolean())
            .GetProperty("id")
            .GetInt64();
}
