using System.Diagnostics;
using System.Net;
using Cookie = Kumiko.TestHosts.Client.Cookie;

namespace Kumiko.Contract.Hosting;

public class RateLimitTests(LimitedKumiko limited, RunningKumiko kumiko) : IClassFixture<LimitedKumiko>
{
    [Fact]
    public async Task Guessing_a_password_is_slowed_down_for_strangers_but_not_for_the_owner()
    {
        using var caller = limited.NewCaller();
        var wendy = await Person.JoinAsync(caller, "wendy");
        var victor = await Person.JoinAsync(caller, "victor");
        var browser = (await caller.PostAsync("/api/auth/login", new { email = victor.Email, password = victor.Password })).Is(200);
        var device = Cookie.Of(browser, "device");
        Assert.Equal("/api/auth", device.Attributes["path"]);
        Assert.Equal("strict", device.Attributes["samesite"]);
        Assert.Contains("httponly", device.Attributes.Keys);
        Assert.Contains("secure", device.Attributes.Keys);

        var elsewhere = limited.NewAddress();
        using (var stranger = new Caller(limited.Host.Address, elsewhere))
        {
            for (var n = 0; n < 10; n++)
                (await stranger.PostAsync("/api/auth/login", new { email = victor.Email, password = $"guess number {n}" })).IsProblem(401);
            var refused = (
                await stranger.PostAsync("/api/auth/login", new { email = victor.Email, password = "guess number 10" })
            ).IsProblem(429);
            Assert.Contains("\"account\";q=10;w=900", refused.Header("RateLimit-Policy"), StringComparison.Ordinal);

            // Neither another spelling of the address, nor the right password, nor the attacker's own cookie shortens the wait.
            (
                await stranger.PostAsync("/api/auth/login", new { email = victor.Email.ToUpperInvariant(), password = victor.Password })
            ).IsProblem(429);
            (
                await stranger.PostAsync(
                    "/api/auth/login",
                    new { email = victor.Email, password = victor.Password },
                    ("Cookie", $"{device.Name}=AAAAAAAAAAAAAAAAAAAAAA")
                )
            ).IsProblem(429);
            (await stranger.PostAsync("/api/auth/login", new { email = wendy.Email, password = wendy.Password })).Is(200);

            // The browser that signed in before, from any address.
            (await stranger.PostAsync("/api/auth/login", new { email = victor.Email, password = victor.Password }, device.Header)).Is(200);
        }

        // A client without cookies is recognized by its address, and a signed-in client continues.
        await victor.SignInAsync();
        (await victor.GetAsync("/api/auth/me")).Is(200);

        // Another instance continues the count, and so does one that starts later.
        using var beside = new Caller(limited.Other.Address, elsewhere);
        (await beside.PostAsync("/api/auth/login", new { email = victor.Email, password = victor.Password })).IsProblem(429);

        await using var third = await limited.StartAnotherAsync();
        using var later = new Caller(third.Address, elsewhere);
        (await later.PostAsync("/api/auth/login", new { email = victor.Email, password = victor.Password })).IsProblem(429);
    }

    [Theory]
    [InlineData("/api/auth/login", "passwords")]
    [InlineData("/api/auth/register", "passwords")]
    [InlineData("/api/auth/refresh", "refreshes")]
    [InlineData("/api/auth/logout", "refreshes")]
    public async Task A_browser_in_which_somebody_signed_in_does_not_share_the_quota_of_its_address(string path, string limit)
    {
        var address = limited.NewAddress();
        using var caller = new Caller(limited.Host.Address, address);
        var victor = await Person.JoinAsync(caller, "victor");
        var browser = (await caller.PostAsync("/api/auth/login", new { email = victor.Email, password = victor.Password })).Is(200);
        var (device, refresh) = (Cookie.Of(browser, "device"), Cookie.Of(browser, "refresh"));

        // Malformed requests count as well, and compute no hash.
        using var neighbour = new Caller(limited.Host.Address, address);
        // It grows while requests are sent.
        var refused = await UntilRefusedAsync(2 * LimitedKumiko.Requests);
        Assert.Contains($"\"{limit}\";q={LimitedKumiko.Requests};w=60", refused.Header("RateLimit-Policy"), StringComparison.Ordinal);
        // An invented device has no quota of its own.
        await UntilRefusedAsync(LimitedKumiko.Requests / 2, ("Cookie", $"{device.Name}={Invented(device.Value)}"));

        var cookies = ("Cookie", $"{device.Name}={device.Value}; {refresh.Name}={refresh.Value}");
        (await caller.PostAsync("/api/auth/refresh", Caller.Json("{}"), cookies)).Is(200);
        (await caller.PostAsync("/api/auth/login", new { email = victor.Email, password = victor.Password }, device.Header)).Is(200);

        async Task<Answer> UntilRefusedAsync(int most, params (string Name, string Value)[] headers)
        {
            for (var sent = 0; sent < most; sent++)
            {
                if (await neighbour.PostAsync(path, Caller.Json("{}"), headers) is { Status: 429 } answer)
                    return answer;
            }

            return (await neighbour.PostAsync(path, Caller.Json("{}"), headers)).IsProblem(429);
        }

        static string Invented(string token) => (token[0] == 'A' ? 'B' : 'A') + token[1..];
    }

    [Fact]
    public async Task Passkeys_that_are_not_good_keep_nobody_out_who_has_a_good_one()
    {
        using var caller = limited.NewCaller();
        var pia = await Person.JoinAsync(caller, "pia");
        var key = await SoftwareKey.AddAsync(pia);
        // As many as one likes.
        for (var n = 0; n <= LimitedKumiko.FailuresPerAddress; n++)
            (await key.SignInAsync(caller)).Is(200);

        var unknown = new SoftwareKey(pia.Address) { UserHandle = "AAAA" };
        for (var n = 0; n < LimitedKumiko.FailuresPerAddress; n++)
            (await unknown.SignInAsync(caller)).IsProblem(401);
        (await unknown.SignInAsync(caller)).IsProblem(429);
        // The account knows the device.
        (await key.SignInAsync(caller)).Is(200);

        // Whoever has the device, but not the key.
        var impostor = new SoftwareKey(pia.Address) { CredentialId = key.CredentialId, UserHandle = key.UserHandle };
        for (var n = 0; n < 10; n++)
            (await impostor.SignInAsync(caller)).IsProblem(401);
        (await impostor.SignInAsync(caller)).IsProblem(429);
    }

    [Fact]
    public async Task Passkeys_that_are_not_good_count_in_a_session_as_wrong_codes()
    {
        using var caller = limited.NewCaller();
        var pia = await Person.JoinAsync(caller, "pia");
        var key = await SoftwareKey.AddAsync(pia);
        var impostor = new SoftwareKey(pia.Address) { CredentialId = key.CredentialId, UserHandle = key.UserHandle };
        for (var n = 0; n < 6; n++)
            (await ProveAsync(key)).Is(200);
        for (var n = 0; n < 5; n++)
            (await ProveAsync(impostor)).IsProblemWith(422, "passkey");
        var refused = (await ProveAsync(impostor)).IsProblem(429);
        Assert.Contains("\"second-factor\"", refused.Header("RateLimit-Policy"), StringComparison.Ordinal);

        async Task<Answer> ProveAsync(SoftwareKey with)
        {
            var options = (await caller.PostAsync("/api/auth/passkeys/login/begin")).Is(200);
            return await pia.PostAsync("/api/auth/reauthenticate", new { passkey = with.Sign(options) });
        }
    }

    [Fact]
    public async Task Unknown_email_addresses_are_limited_alike()
    {
        using var caller = limited.NewCaller();
        var answers = new List<Answer>();
        for (var n = 0; n < 11; n++)
            answers.Add(await caller.PostAsync("/api/auth/login", new { email = "nobody@example.test", password = $"guess number {n}" }));
        Assert.Equal([.. Enumerable.Repeat(401, 10), 429], answers.Select(answer => answer.Status));
    }

    [Fact]
    public async Task One_address_can_try_few_passwords_across_all_accounts()
    {
        using var caller = limited.NewCaller();
        var victor = await Person.JoinAsync(caller, "victor");
        using var stuffing = limited.NewCaller();
        for (var n = 0; n < LimitedKumiko.FailuresPerAddress; n++)
            (
                await stuffing.PostAsync("/api/auth/login", new { email = $"account-{n}@example.test", password = "the same password" })
            ).IsProblem(401);
        (
            await stuffing.PostAsync("/api/auth/login", new { email = "account-more@example.test", password = "the same password" })
        ).IsProblem(429);
        (await caller.PostAsync("/api/auth/login", new { email = "account-more@example.test", password = "the same password" })).IsProblem(
            401
        );
        await victor.SignInAsync();
    }

    [Fact]
    public async Task Password_confirmation_is_limited_by_session()
    {
        using var caller = limited.NewCaller();
        var victor = await Person.JoinAsync(caller, "victor");
        // Guesses with a stolen access token count together over all operations that ask for the password.
        var stolen = await victor.OnAnotherDeviceAsync();
        for (var n = 0; n < 5; n++)
        {
            (await stolen.DeleteAsync("/api/auth/me", new { password = "not the password" })).IsProblem(422);
            (
                await stolen.PostAsync(
                    "/api/auth/me/password",
                    new { current_password = "not the password", new_password = "a better password" }
                )
            ).IsProblem(422);
        }

        (await stolen.DeleteAsync("/api/auth/me", new { password = victor.Password })).IsProblem(429);
        (
            await stolen.PostAsync("/api/auth/me/password", new { current_password = victor.Password, new_password = "a better password" })
        ).IsProblem(429);

        (await victor.DeleteAsync("/api/auth/me", new { password = victor.Password })).Is(204);
    }

    [Fact]
    public async Task One_address_can_create_few_accounts_an_hour()
    {
        using var caller = limited.NewCaller();
        using var other = limited.NewCaller();
        for (var n = 0; n < LimitedKumiko.Registrations; n++)
            await Person.JoinAsync(caller, "many");
        (
            await caller.PostAsync(
                "/api/auth/register",
                new
                {
                    email = "more@example.test",
                    username = "more",
                    password = "one more password",
                }
            )
        ).IsProblem(429);
        await Person.JoinAsync(other, "other");
    }

    [Fact]
    public async Task A_registration_repeated_with_its_key_is_not_counted()
    {
        using var caller = limited.NewCaller();
        var name = Person.UniqueName("again");
        var body = new
        {
            email = $"{name}@example.test",
            username = name,
            password = $"pass of {Guid.NewGuid():N}",
        };
        var first = (await RegisterAsync(body)).Is(201);
        for (var n = 0; n < 3; n++)
            Assert.Equal("true", (await RegisterAsync(body)).Is(201).Header("Idempotent-Replayed"));
        for (var n = 1; n < LimitedKumiko.Registrations; n++)
            await Person.JoinAsync(caller, "other");
        (await RegisterAsync(body with { email = $"x{body.email}", username = $"{name}2" })).IsProblem(429);

        var replay = (await RegisterAsync(body)).Is(201);
        Assert.Equal("true", replay.Header("Idempotent-Replayed"));
        Assert.Equal(first.Text, replay.Text);
        // A password can't be guessed by trying others with the same key.
        (await RegisterAsync(body with { password = "another password" })).IsProblem(429);

        Task<Answer> RegisterAsync(object request) => caller.PostAsync("/api/auth/register", request, ("Idempotency-Key", "the-same"));
    }

    [Fact]
    public async Task Renames_and_failed_renames_are_limited_across_instances()
    {
        using var caller = limited.NewCaller();
        using var elsewhere = new Caller(limited.Other.Address, limited.NewAddress());
        var (wendy, victor) = (await Person.JoinAsync(caller, "wendy"), await Person.JoinAsync(caller, "victor"));
        var (before, later) = (victor.Username, Person.UniqueName("later"));
        (await RenameAsync(victor, caller, later)).Is(200);
        (await RenameAsync(victor, elsewhere, before)).Is(200);
        var refused = (await RenameAsync(victor, caller, later)).IsProblem(429);
        Assert.Contains("\"renames\";q=2;w=86400", refused.Header("RateLimit-Policy"), StringComparison.Ordinal);
        (await RenameAsync(victor, caller, before)).Is(200);

        var ursula = await Person.JoinAsync(caller, "ursula");
        (await RenameAsync(ursula, caller, wendy.Username)).IsProblemWith(409, "username");
        (await RenameAsync(ursula, elsewhere, "admin")).IsProblemWith(409, "username");
        (await RenameAsync(ursula, caller, later)).IsProblemWith(409, "username");
        refused = (await RenameAsync(ursula, elsewhere, wendy.Username)).IsProblem(429);
        Assert.Contains("\"refused-names\";q=3;w=86400", refused.Header("RateLimit-Policy"), StringComparison.Ordinal);
        (await RenameAsync(ursula, caller, Person.UniqueName("free"))).IsProblem(429);
        (await RenameAsync(ursula, caller, ursula.Username)).Is(200);

        static Task<Answer> RenameAsync(Person person, Caller by, string name) =>
            by.With(person.AccessToken).PatchAsync("/api/auth/me", new { username = name });
    }

    [Fact]
    public async Task Mails_are_limited_by_recipient_and_by_whoever_asks_across_instances()
    {
        using var caller = limited.NewCaller();
        using var elsewhere = new Caller(limited.Other.Address, limited.NewAddress());
        var victor = await Person.JoinAsync(caller, "victor");
        // The registration sent one.
        (await ForgetAsync(caller, victor.Email)).Is(202);
        (await ForgetAsync(elsewhere, victor.Email)).Is(202);
        var refused = (await ForgetAsync(elsewhere, victor.Email.ToUpperInvariant())).IsProblem(429);
        Assert.Contains($"\"mails\";q={LimitedKumiko.Mails};w=3600", refused.Header("RateLimit-Policy"), StringComparison.Ordinal);
        (await victor.PostAsync("/api/auth/email/verify/resend")).IsProblem(429);

        // An address without an account counts alike.
        var nobody = $"nobody-{victor.Email}";
        for (var n = 0; n < LimitedKumiko.Mails; n++)
            (await ForgetAsync(n == 0 ? caller : elsewhere, nobody)).Is(202);
        (await ForgetAsync(caller, nobody)).IsProblem(429);
        (await victor.PatchAsync("/api/auth/me", new { email = nobody, current_password = victor.Password })).IsProblem(429);

        using var greedy = limited.NewCaller();
        for (var n = 0; n < LimitedKumiko.MailRequests; n++)
            (await ForgetAsync(greedy, $"number-{n}-{victor.Email}")).Is(202);
        refused = (await ForgetAsync(greedy, $"one-more-{victor.Email}")).IsProblem(429);
        Assert.Contains("\"mail-requests\"", refused.Header("RateLimit-Policy"), StringComparison.Ordinal);

        static Task<Answer> ForgetAsync(Caller by, string email) => by.PostAsync("/api/auth/password/forgot", new { email });
    }

    [Fact]
    public async Task Links_of_mails_are_limited_by_address()
    {
        using var caller = limited.NewCaller();
        for (var n = 0; n < LimitedKumiko.Links; n++)
            (await caller.PostAsync("/api/auth/email/verify", new { token = "made-up" })).IsProblem(410);
        foreach (var path in (string[])["/api/auth/email/keep", "/api/auth/factors/undo"])
            (await caller.PostAsync(path, new { token = "made-up" })).IsProblem(429);
    }

    [Fact]
    public async Task Refreshes_and_account_changes_are_limited()
    {
        using var caller = limited.NewCaller();
        var victor = await Person.JoinAsync(caller, "victor");
        var other = await victor.OnAnotherDeviceAsync();
        for (var n = 0; n < 3; n++)
            victor.UseTokens((await caller.PostAsync("/api/auth/refresh", new { refresh_token = victor.RefreshToken })).Is(200));
        (await caller.PostAsync("/api/auth/refresh", new { refresh_token = victor.RefreshToken })).IsProblem(429);
        (await caller.PostAsync("/api/auth/refresh", new { refresh_token = other.RefreshToken })).Is(200);

        for (var n = 0; n < LimitedKumiko.AccountChanges; n++)
            (await victor.PatchAsync("/api/auth/me", new { username = victor.Username })).Is(200);
        (await victor.PatchAsync("/api/auth/me", new { username = victor.Username })).IsProblem(429);
    }

    [Fact]
    public async Task Exports_are_limited_by_user()
    {
        using var caller = limited.NewCaller();
        var victor = await Person.JoinAsync(caller, "victor");
        for (var n = 0; n < 3; n++)
            Assert.True((await victor.GetAsync("/api/auth/me/export")).Status is 200 or 202);
        var refused = (await victor.GetAsync("/api/auth/me/export")).IsProblem(429);
        Assert.Contains("\"exports\";q=3;w=60", refused.Header("RateLimit-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writing_editing_and_deleting_are_limited_by_user()
    {
        using var caller = limited.NewCaller();
        var (wendy, victor) = (await Person.JoinAsync(caller, "wendy"), await Person.JoinAsync(caller, "victor"));

        var first = await victor.WriteAsync("one");
        Assert.Equal("\"posts\";q=3;w=60", first.Header("RateLimit-Policy"));
        Assert.Equal("\"posts\";r=2", first.Header("RateLimit"));
        await victor.WriteAsync("two");
        await victor.WriteAsync("three");
        var refused = (await victor.PostAsync("/api/crud/posts", new { content = "four" })).IsProblem(429);
        Assert.Equal("\"posts\";q=3;w=60", refused.Header("RateLimit-Policy"));
        Assert.Matches("^\"posts\";r=0;t=[0-9]+$", refused.Header("RateLimit") ?? "");

        // Each limit is separate, changes and deletions share one, and failures count, too.
        for (var n = 0; n < 3; n++)
            (await victor.PutAsync($"/api/crud/posts/{first.Id}", new { content = $"changed {n}" })).Is(200);
        (await victor.DeleteAsync("/api/crud/posts/999999")).IsProblem(404);
        (await victor.DeleteAsync($"/api/crud/posts/{first.Id}")).IsProblem(429);
        (await victor.PutAsync($"/api/crud/posts/{first.Id}", new { content = "once more" })).IsProblem(429);

        (await victor.GetAsync($"/api/crud/posts/{first.Id}")).Is(200);
        await wendy.WriteAsync("from another user");
    }

    [Fact]
    public async Task Searches_are_limited_by_address_but_lists_are_not()
    {
        using var greedy = limited.NewCaller();
        using var neighbour = limited.NewCaller();
        for (var n = 0; n < 2; n++)
            (await greedy.GetAsync("/api/crud/posts?q=word")).Is(200);
        (await greedy.GetAsync("/api/crud/posts?Q=another")).IsProblem(429);

        (await greedy.GetAsync("/api/crud/posts?q=")).Is(200);
        Assert.Null((await greedy.GetAsync("/api/crud/posts")).Is(200).Header("RateLimit"));
        Assert.Equal("\"searches\";r=1", (await neighbour.GetAsync("/api/crud/posts?q=word")).Is(200).Header("RateLimit"));
    }

    [Fact]
    public async Task A_client_that_is_refused_often_gets_its_refusals_late()
    {
        using var greedy = limited.NewCaller();
        for (var n = 0; n < 2; n++)
            (await greedy.GetAsync("/api/crud/posts?q=word")).Is(200);

        // In less than a second, more than ten of these would be in the same one.
        var since = Stopwatch.GetTimestamp();
        for (var n = 0; n < 25; n++)
            (await greedy.GetAsync("/api/crud/posts?q=word")).IsProblem(429);
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0.9, double.MaxValue);
    }

    [Fact]
    public async Task Open_and_resumed_streams_are_limited_by_address()
    {
        using var greedy = limited.NewCaller();
        using var neighbour = limited.NewCaller();
        using var first = await Listener.OpenAsync(greedy);
        var second = await Listener.OpenAsync(greedy);
        (await greedy.GetAsync(Listener.Path)).IsProblem(429);
        using var beside = await Listener.OpenAsync(neighbour);

        second.Dispose();
        await Eventually.IsAsync(() => StatusOfStreamAsync(greedy, after: null), status => status == 200);

        for (var n = 0; n < 3; n++)
            await Eventually.IsAsync(() => StatusOfStreamAsync(neighbour, after: 0), status => status == 200);
        Assert.Equal(429, await StatusOfStreamAsync(neighbour, after: 0));
        // An EventSource that has no id sends an empty one, which takes up nothing.
        using var newcomer = limited.NewCaller();
        using var empty = await newcomer.OpenAsync(Listener.Path, ("Last-Event-ID", ""));
        using var resumed = await newcomer.OpenAsync(Listener.Path, ("Last-Event-ID", "0"));
        Assert.DoesNotContain("resumes", $"{empty.Headers}", StringComparison.Ordinal);
        Assert.Contains("\"stream-resumes\";q=3", $"{resumed.Headers}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_limited_when_limits_are_off()
    {
        var victor = await kumiko.NewPersonAsync("victor");
        // One more than a user may write in a minute.
        var written = await Task.WhenAll(Enumerable.Range(1, 61).Select(n => victor.WriteAsync($"number {n}")));
        Assert.All(written, answer => Assert.Null(answer.Header("RateLimit")));
    }

    [Fact]
    public async Task One_address_opens_a_limited_number_of_connections()
    {
        var (host, elsewhere) = (limited.Host.Address, limited.NewAddress());
        var open = new List<RawConnection>();
        for (var n = 0; n < LimitedKumiko.Connections; n++)
            open.Add(await RawConnection.OpenAsync(host, elsewhere));
        foreach (var connection in open)
            Assert.StartsWith(
                "HTTP/1.1 200",
                await connection.AskAsync("GET /api/crud/posts HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                StringComparison.Ordinal
            );

        using (var extra = await RawConnection.OpenAsync(host, elsewhere))
            Assert.Equal("", await extra.AskAsync("GET /api/crud/posts HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        using (var neighbour = await RawConnection.OpenAsync(host, limited.NewAddress()))
            Assert.StartsWith(
                "HTTP/1.1 200",
                await neighbour.AskAsync("GET /api/crud/posts HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                StringComparison.Ordinal
            );

        open.ForEach(connection => connection.Dispose());
        await Eventually.IsAsync(
            async () =>
            {
                using var again = await RawConnection.OpenAsync(host, elsewhere);
                return await again.AskAsync("GET /api/crud/posts HTTP/1.1\r\nHost: localhost\r\n\r\n");
            },
            answer => answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_body_that_arrives_too_slowly_is_refused()
    {
        using var slow = await RawConnection.OpenAsync(limited.Host.Address, limited.NewAddress());
        await slow.SendAsync(
            "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n"
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        // 300 bytes a second, which is more than Kestrel's own minimum.
        var trickle = slow.TrickleAsync(30, TimeSpan.FromMilliseconds(100), stop.Token);
        var answer = await slow.ReadAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer);
        await stop.CancelAsync();
        await trickle;
    }

    [Theory]
    [InlineData("RateLimits__PasswordsWaitingPerAddress", 1, 256)]
    [InlineData("RateLimits__PasswordsWaiting", int.MaxValue, 1)]
    public async Task Few_passwords_wait_to_be_hashed_from_one_address_and_in_all(string setting, int perAddress, int policy)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(
            ("RateLimits__Enabled", "true"),
            ("Limits__RequestsPerAddress", "64"),
            (setting, "1")
        );
        // More than are hashed at once, each of an account of its own.
        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, Environment.ProcessorCount + 20)
                .Select(async n =>
                {
                    using var caller = new Caller(host.Address, IPAddress.Parse($"127.0.60.{Math.Min(n, perAddress)}"));
                    return await caller.PostAsync("/api/auth/login", new { email = $"{n}@example.test", password = "a password" });
                })
        );
        Assert.Contains(answers, answer => answer.Status == 401);
        var refused = answers.Where(answer => answer.Status != 401).ToList();
        Assert.NotEmpty(refused);
        Assert.All(
            refused,
            answer =>
            {
                answer.IsProblem(429);
                Assert.Equal("10", answer.Header("Retry-After"));
                Assert.Contains($"\"passwords-waiting\";q={policy};", answer.Header("RateLimit-Policy"), StringComparison.Ordinal);
            }
        );
    }

    private static async Task<int> StatusOfStreamAsync(Caller caller, long? after)
    {
        using var answer = await caller.OpenAsync(Listener.Path, after is null ? [] : [("Last-Event-ID", $"{after}")]);
        return (int)answer.StatusCode;
    }
}
