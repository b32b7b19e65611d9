using System.Net;
using System.Text.Json;
using Cookie = Kumiko.TestHosts.Client.Cookie;

namespace Kumiko.Contract.Installations;

/// <summary>Account events and rejected sign-ins are logged once, with the account and the address, under the answer's trace id.</summary>
public class SecurityEventTests
{
    [Fact]
    public async Task Each_security_event_is_logged_once_with_the_trace_of_its_answer()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("RateLimits__Enabled", "true"), ("RateLimits__PostsPerMinute", "1"));
        using var caller = new Caller(host.Address);
        var expected = new List<(string? Trace, string[] Events)>();
        var (judy, mallory) = (await Person.JoinAsync(caller, "judy"), await Person.JoinAsync(caller, "mallory"));
        var (name, email) = (Person.UniqueName("trent"), $"{Person.UniqueName("trent")}@example.test");
        string[] passwords = [$"pass {Guid.NewGuid():N}", $"changed {Guid.NewGuid():N}", $"wrong {Guid.NewGuid():N}"];
        foreach (var password in passwords)
            HostLog.Watch("password", password);
        HostLog.Watch("e-mail address", email);

        var account = await caller.PostAsync(
            "/api/auth/register",
            new
            {
                email,
                username = name,
                password = passwords[0],
            }
        );
        var trent = account.Is(201).Id;
        Expect(account, 201, $"registration succeeded user {trent}");
        Expect(
            await caller.PostAsync(
                "/api/auth/register",
                new
                {
                    email,
                    username = name + "2",
                    password = passwords[0],
                }
            ),
            409,
            "registration refused email_taken"
        );
        Expect(await SignInAsync(passwords[2]), 401, $"sign_in refused user {trent}");
        Expect(await caller.PostAsync("/api/auth/login", new { email = "x" + email, password = passwords[0] }), 401, "sign_in refused");

        // Each answer contains a token that identifies its session.
        var first = ExpectOf(await SignInAsync(passwords[0]), SignedIn);
        var second = ExpectOf(await SignInAsync(passwords[0]), SignedIn);
        var inBrowser = ExpectOf(await caller.PostAsync("/api/auth/login", new { email, password = passwords[0] }), SignedIn);
        var cookie = Cookie.Of(inBrowser);
        var third = ExpectOf(
            await caller.PostAsync("/api/auth/login", new { email, password = passwords[0] }, cookie.Header),
            answer => [.. SignedIn(answer), $"session_end succeeded signed_in_again user {trent} session {SessionOf(inBrowser)}"]
        );

        var me = caller.With(first["access_token"].GetString());
        var own = SessionOf(first);
        Expect(
            await me.DeleteAsync($"/api/auth/sessions/{SessionOf(second)}"),
            204,
            $"session_end succeeded ended_by_owner user {trent} session {SessionOf(second)}"
        );
        Expect(
            await caller.With(second["access_token"].GetString()).GetAsync("/api/auth/me"),
            401,
            $"invalid_token ended user {trent} session {SessionOf(second)}"
        );
        Expect(
            await me.PatchAsync("/api/auth/me", new { email = "y" + email, current_password = passwords[2] }),
            422,
            $"password_check refused user {trent} session {own}"
        );
        Expect(
            await me.PatchAsync("/api/auth/me", new { email = "y" + email, current_password = passwords[0] }),
            200,
            $"email_change succeeded requested user {trent} session {own}"
        );
        var token = await Mailbox.TokenAsync("y" + email, "/auth/verify");
        Expect(
            await caller.PostAsync("/api/auth/email/verify", new { token }),
            204,
            $"email_change succeeded proved user {trent}",
            $"email_verification succeeded user {trent}"
        );
        email = "y" + email;
        var changed = ExpectOf(
            await me.PostAsync(
                "/api/auth/me/password",
                new
                {
                    current_password = passwords[0],
                    new_password = passwords[1],
                    token_delivery = "body",
                }
            ),
            answer =>
                [
                    $"password_change succeeded user {trent} session {SessionOf(answer)}",
                    $"session_end succeeded password_change user {trent} session {own}",
                    $"session_end succeeded password_change user {trent} session {SessionOf(third)}",
                ]
        );

        Expect(await caller.PostAsync("/api/auth/password/forgot", new { email }), 202, $"password_reset_request succeeded user {trent}");

        // The token before the last one: somebody has a copy.
        var spent = changed["refresh_token"].GetString();
        var next = (await caller.PostAsync("/api/auth/refresh", new { refresh_token = spent })).Is(200)["refresh_token"].GetString();
        (await caller.PostAsync("/api/auth/refresh", new { refresh_token = next })).Is(200);
        Expect(
            await caller.PostAsync("/api/auth/refresh", new { refresh_token = spent }),
            401,
            $"refresh_reuse refused user {trent} session {SessionOf(changed)}",
            $"session_end succeeded refresh_reuse user {trent} session {SessionOf(changed)}"
        );
        Expect(await caller.PostAsync("/api/auth/refresh", new { refresh_token = "made-up" }), 401, "invalid_token refused refresh_token");
        Expect(await caller.PostAsync("/api/auth/refresh", new { refresh_token = "made-up, too" }), 401);
        Expect(await caller.With("made-up").GetAsync("/api/auth/me"), 401, "invalid_token refused malformed");
        Expect(await caller.With("made-up").GetAsync("/api/auth/me"), 401);

        var signedIn = ExpectOf(await SignInAsync(passwords[1]), SignedIn);
        Expect(
            await caller.PostAsync("/api/auth/logout", new { refresh_token = signedIn["refresh_token"].GetString() }),
            204,
            $"session_end succeeded signed_out user {trent} session {SessionOf(signedIn)}"
        );
        signedIn = ExpectOf(await SignInAsync(passwords[1]), SignedIn);
        Expect(
            await caller.With(signedIn["access_token"].GetString()).DeleteAsync("/api/auth/me", new { password = passwords[1] }),
            204,
            $"account_deletion succeeded user {trent} session {SessionOf(signedIn)}",
            $"session_end succeeded account_deletion user {trent} session {SessionOf(signedIn)}"
        );

        var post = await judy.WriteAsync("not yours");
        Expect(
            await judy.PostAsync("/api/crud/posts", new { content = "one more" }),
            429,
            $"rate_limit refused posts user {judy.Id} session {SessionOf(judy.AccessToken!)}"
        );
        Expect(
            await mallory.DeleteAsync($"/api/crud/posts/{post.Id}"),
            403,
            $"forbidden refused user {mallory.Id} session {SessionOf(mallory.AccessToken!)}"
        );
        Expect(
            await caller.PostAsync("/api/auth/refresh", null, cookie.Header, ("Sec-Fetch-Site", "cross-site")),
            403,
            "forbidden refused"
        );

        await host.StopAsync();
        HostLog.HoldsNothingPrivate(host.Log);
        HostLog.HoldsNoUnhandledError(host.Log);
        var lines = LinesOf(host.Log);
        Assert.All(expected, answer => Assert.Equal(answer.Events.Order(), EventsOf(lines, answer.Trace)));
        Assert.All(
            lines,
            line => Assert.True(IPAddress.TryParse(line.GetProperty("State").GetProperty("Client").GetString(), out _), line.GetRawText())
        );
        // The same address has the same hash, and no other address has it.
        var accounts = lines
            .Where(line => line.GetProperty("State").TryGetProperty("Account", out _))
            .Select(line => line.GetProperty("State").GetProperty("Account").GetString())
            .ToList();
        Assert.Equal([accounts[0], accounts[0], accounts[2]], accounts);
        Assert.NotEqual(accounts[0], accounts[2]);

        Task<Answer> SignInAsync(string password) =>
            caller.PostAsync(
                "/api/auth/login",
                new
                {
                    email,
                    password,
                    token_delivery = "body",
                }
            );

        string[] SignedIn(Answer answer) => [$"sign_in succeeded user {trent} session {SessionOf(answer)}"];

        Answer Expect(Answer answer, int status, params string[] events)
        {
            expected.Add((answer.Is(status).Header("X-Trace-Id"), events));
            return answer;
        }

        Answer ExpectOf(Answer answer, Func<Answer, string[]> events) => Expect(answer, 200, events(answer));
    }

    // In a test of its own: where all callers have one address, only the first of their refused tokens is logged.
    [Fact]
    public async Task A_made_up_refresh_token_at_sign_out_is_logged()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        var answer = (await caller.PostAsync("/api/auth/logout", new { refresh_token = "made-up" })).IsProblem(401);

        await host.StopAsync();
        var line = Assert.Single(LinesOf(host.Log));
        Assert.Equal("invalid_token refused refresh_token", Described(line));
        Assert.Equal(answer.Header("X-Trace-Id"), TraceOf(line));
    }

    [Fact]
    public async Task Each_step_of_the_second_factor_is_logged_without_its_secrets()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        var trent = await Person.JoinAsync(caller, "trent");
        var own = SessionOf(trent.AccessToken!);
        var app = await trent.UseAuthenticatorAsync();
        var expected = new List<(Answer Answer, string[] Events)>
        {
            ((await SignInAsync(null)).IsProblem(401), [$"second_factor_request succeeded user {trent.Id}"]),
            ((await SignInAsync(app.Wrong())).IsProblem(401), [$"second_factor_check refused user {trent.Id}"]),
        };
        var signedIn = (await SignInAsync(app.RecoveryCodes[0])).Is(200);
        expected.Add(
            (signedIn, [$"recovery_code_use succeeded user {trent.Id}", $"sign_in succeeded user {trent.Id} session {SessionOf(signedIn)}"])
        );
        var code = app.Next();
        expected.Add(
            (
                (await trent.PostAsync("/api/auth/reauthenticate", new { totp_code = code })).Is(200),
                [$"reauthentication succeeded user {trent.Id} session {own}"]
            )
        );
        expected.Add(
            (
                (await trent.PostAsync("/api/auth/reauthenticate", new { totp_code = code })).IsProblem(422),
                [$"second_factor_check refused user {trent.Id} session {own}"]
            )
        );
        var renewed = (
            await trent.PostAsync("/api/auth/me/recovery-codes", new { password = trent.Password, totp_code = app.RecoveryCodes[1] })
        ).Is(200);
        var next = renewed["recovery_codes"].EnumerateArray().First().GetString()!;
        HostLog.Watch("recovery code", next);
        expected.Add(
            (
                renewed,
                [
                    $"recovery_code_use succeeded user {trent.Id} session {own}",
                    $"second_factor_change succeeded new_recovery_codes user {trent.Id} session {own}",
                ]
            )
        );
        expected.Add(
            (
                (await trent.DeleteAsync("/api/auth/me/totp", new { password = trent.Password, totp_code = next })).Is(204),
                [
                    $"recovery_code_use succeeded user {trent.Id} session {own}",
                    $"second_factor_change succeeded turned_off user {trent.Id} session {own}",
                ]
            )
        );

        var una = await Person.JoinAsync(caller, "una");
        await una.VerifyAsync();
        await una.UseAuthenticatorAsync();
        var other = $"other-{una.Email}";
        HostLog.Watch("e-mail address", other);
        (await una.PatchAsync("/api/auth/me", new { email = other, current_password = una.Password })).Is(200);
        var link = await Mailbox.TokenAsync(una.Email, "/auth/undo-factors");
        var undone = (await caller.PostAsync("/api/auth/factors/undo", new { token = link })).Is(200);
        HostLog.Watch("mailed secret", undone["reset_token"].GetString());
        expected.Add(
            (
                undone,
                [
                    $"email_change succeeded undone user {una.Id}",
                    $"factor_undo succeeded user {una.Id}",
                    $"session_end succeeded factors_undone user {una.Id} session {SessionOf(una.AccessToken!)}",
                ]
            )
        );

        await host.StopAsync();
        HostLog.HoldsNothingPrivate(host.Log);
        HostLog.HoldsNoUnhandledError(host.Log);
        var lines = LinesOf(host.Log);
        Assert.All(expected, logged => Assert.Equal(logged.Events.Order(), EventsOf(lines, logged.Answer.Header("X-Trace-Id"))));
        Assert.Single(lines, line => Described(line) == $"second_factor_change succeeded turned_on user {trent.Id} session {own}");

        Task<Answer> SignInAsync(string? code) =>
            caller.PostAsync(
                "/api/auth/login",
                new
                {
                    email = trent.Email,
                    password = trent.Password,
                    totp_code = code,
                    token_delivery = "body",
                }
            );
    }

    [Fact]
    public async Task Used_up_attempts_taken_names_and_crowded_out_sessions_are_logged_with_their_reasons()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(
            ("RateLimits__Enabled", "true"),
            ("RateLimits__PasswordFailures", "1"),
            ("RateLimits__PasswordFailuresPerAddress", "2"),
            ("Sessions__PerUser", "1")
        );
        using var caller = new Caller(host.Address);
        var trent = await Person.JoinAsync(caller, "trent");
        var crowdedOut = SessionOf(trent.AccessToken!);
        var expected = new List<(Answer Answer, string[] Events)>
        {
            ((await RegisterAsync(trent.Username)).IsProblemWith(409, "username"), ["registration refused name_taken"]),
        };
        var next = (await caller.PostAsync("/api/auth/login", new { email = trent.Email, password = trent.Password })).Is(200);
        expected.Add(
            (
                next,
                [
                    $"sign_in succeeded user {trent.Id} session {SessionOf(next)}",
                    $"session_end succeeded too_many user {trent.Id} session {crowdedOut}",
                ]
            )
        );
        expected.Add(((await GuessAsync("one")).IsProblem(401), ["sign_in refused"]));
        expected.Add(((await GuessAsync("one")).IsProblem(429), ["rate_limit refused account"]));
        expected.Add(((await GuessAsync("two")).IsProblem(401), ["sign_in refused"]));
        expected.Add(((await GuessAsync("three")).IsProblem(429), ["rate_limit refused address"]));

        await host.StopAsync();
        var lines = LinesOf(host.Log);
        Assert.All(expected, logged => Assert.Equal(logged.Events.Order(), EventsOf(lines, logged.Answer.Header("X-Trace-Id"))));

        Task<Answer> GuessAsync(string account) =>
            caller.PostAsync("/api/auth/login", new { email = $"{account}@example.test", password = "not the password" });

        Task<Answer> RegisterAsync(string username) =>
            caller.PostAsync(
                "/api/auth/register",
                new
                {
                    email = $"{Person.UniqueName("other")}@example.test",
                    username,
                    password = "a long enough password",
                }
            );
    }

    private static List<JsonElement> LinesOf(string log) =>
        [
            .. log.Split('\n')
                .Where(line => line.Contains("\"Category\":\"Kumiko.Security\"", StringComparison.Ordinal))
                .Select(line => JsonElement.Parse(line)),
        ];

    private static IEnumerable<string> EventsOf(List<JsonElement> lines, string? trace) =>
        lines.Where(line => TraceOf(line) == trace).Select(Described).Order();

    private static long SessionOf(Answer answer) => SessionOf(answer["access_token"].GetString()!);

    private static long SessionOf(string token) =>
        long.Parse(
            JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])).GetProperty("sid").GetString()!,
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static string? TraceOf(JsonElement line) =>
        line.GetProperty("Scopes")
            .EnumerateArray()
            .Where(scope => scope.ValueKind == JsonValueKind.Object && scope.TryGetProperty("TraceId", out _))
            .Select(scope => scope.GetProperty("TraceId").GetString())
            .FirstOrDefault();

    private static string Described(JsonElement line)
    {
        var state = line.GetProperty("State");
        return string.Join(
            ' ',
            ((string[])["Event", "Outcome", "Reason", "UserId", "SessionId"])
                .Where(field => state.TryGetProperty(field, out _))
                .Select(field =>
                    field switch
                    {
                        "UserId" => $"user {state.GetProperty(field)}",
                        "SessionId" => $"session {state.GetProperty(field)}",
                        _ => state.GetProperty(field).GetString(),
                    }
                )
        );
    }
}
