namespace Kumiko.Contract.Installations;

public class SecretRotationTests
{
    private static readonly (string Name, string Value) NoServer = ("Mail__Host", "127.0.0.1");

    [Fact]
    public async Task After_a_change_of_the_secret_everything_works_and_nobody_is_signed_out()
    {
        var (old, next) = (NewKey(), NewKey());
        IInstallation installation = await new Topology().InstallAsync();
        await using var removal = installation;
        Person alice;
        Authenticator app;
        Answer page;
        string newest;
        var key = Guid.NewGuid().ToString();
        // The mail server does not answer, so that mails stay in the queue.
        (string, string)[] noMail = [NoServer, ("Mail__Port", "1"), ("Mail__From", "kumiko@example.test"), ("Mail__Folder", "")];
        await using (var first = await installation.StartAsync([.. With(old), .. noMail]))
        {
            using var anyone = new Caller(first.Address);
            alice = await Person.JoinAsync(anyone, "alice");
            await alice.WriteAsync("one");
            await alice.WriteAsync("two");
            (await alice.PostAsync("/api/crud/posts", new { content = "once" }, ("Idempotency-Key", key))).Is(201);
            app = await alice.UseAuthenticatorAsync();
            page = (await anyone.GetAsync("/api/crud/posts?limit=1")).Is(200);
            newest = NewestIn(await installation.RunAsync($"audit verify --Security:Key={old}"));
        }

        await using (var both = await installation.StartAsync(With($"{next},{old}")))
        {
            using var anyone = new Caller(both.Address);
            await WorksAsync(anyone, app.Next());

            using var stop = new CancellationTokenSource();
            var reading = ReadAsync(anyone.With(alice.AccessToken), stop.Token);
            var said = await installation.RunAsync($"secrets rotate --Security:Key={next},{old} --Tokens:EncryptionKey={next},{old}");
            await stop.CancelAsync();
            Assert.True(await reading > 0);

            Assert.Contains("hash key: 1 encrypted again, 0 up to date", said, StringComparison.Ordinal);
            Assert.Contains("signing keys: 1 encrypted again, 0 up to date", said, StringComparison.Ordinal);
            Assert.Contains("secrets of authenticator apps: 1 encrypted again, 0 up to date", said, StringComparison.Ordinal);
            var again = await installation.RunAsync($"secrets rotate --Security:Key={next},{old} --Tokens:EncryptionKey={next},{old}");
            Assert.DoesNotContain(" 1 encrypted again", again, StringComparison.Ordinal);
            // An app shows no third code within half a minute.
            await WorksAsync(anyone, app.RecoveryCodes[0]);
        }

        await using (var last = await installation.StartAsync(With(next)))
        {
            using var anyone = new Caller(last.Address);
            (await anyone.With(alice.AccessToken).GetAsync("/api/auth/me")).Is(200);
            await RefreshAsync(anyone);
            (await SignInAsync(anyone, app.RecoveryCodes[1])).Is(200);
            await Mailbox.TokenAsync(alice.Email, "/auth/verify");
            await installation.RunAsync($"audit verify --known {newest} --Security:Key={next}");
        }

        async Task WorksAsync(Caller anyone, string code)
        {
            var still = anyone.With(alice.AccessToken);
            (await still.GetAsync("/api/auth/me")).Is(200);
            (await anyone.GetAsync($"/api/crud/posts?limit=1&cursor={Uri.EscapeDataString(page.NextCursor!)}")).Is(200);
            var replay = (await still.PostAsync("/api/crud/posts", new { content = "once" }, ("Idempotency-Key", key))).Is(201);
            Assert.Equal("true", replay.Header("Idempotent-Replayed"));
            await RefreshAsync(anyone);
            (await SignInAsync(anyone, code)).Is(200);
        }

        async Task RefreshAsync(Caller anyone) =>
            alice.UseTokens((await anyone.PostAsync("/api/auth/refresh", new { refresh_token = alice.RefreshToken })).Is(200));

        Task<Answer> SignInAsync(Caller anyone, string code) =>
            anyone.PostAsync(
                "/api/auth/login",
                new
                {
                    email = alice.Email,
                    password = alice.Password,
                    totp_code = code,
                    token_delivery = "body",
                }
            );
    }

    private static async Task<int> ReadAsync(Caller caller, CancellationToken stop)
    {
        var answers = 0;
        for (; !stop.IsCancellationRequested; answers++)
            (await caller.GetAsync("/api/auth/me")).Is(200);
        return answers;
    }

    private static (string Name, string Value)[] With(string keys) => [("Security__Key", keys), ("Tokens__EncryptionKey", keys)];

    private static string NewestIn(string said) => said.Split(' ')[^1].Trim().TrimEnd('.');

    private static string NewKey() => Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
}
