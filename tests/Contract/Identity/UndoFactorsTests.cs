namespace Kumiko.Contract.Identity;

public class UndoFactorsTests(RunningKumiko kumiko)
{
    private const string Path = "/api/auth/factors/undo";
    private const string Keep = "/api/auth/email/keep";
    private const string Page = "/auth/undo-factors";

    // Somebody who knows the password adds a passkey and then an app.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Either_of_two_links_removes_everything_that_a_thief_added(int which)
    {
        var una = await kumiko.NewPersonAsync("una");
        await una.VerifyAsync();
        var thief = await una.OnAnotherDeviceAsync();
        var key = await SoftwareKey.AddAsync(thief);
        thief.UseTokens((await key.SignInAsync(kumiko.Anyone)).Is(200));
        await thief.UseAuthenticatorAsync();
        // The owner is locked out: a mail alone does not replace the password.
        (await kumiko.Anyone.PostAsync("/api/auth/password/forgot", new { email = una.Email })).Is(202);
        var reset = await Mailbox.TokenAsync(una.Email, "/auth/reset");
        (await ResetAsync(una, reset)).IsProblem(401);
        var links = await LinksAsync(una.Email, Page, count: 2);

        var undone = (await kumiko.Anyone.PostAsync(Path, new { token = links[which] })).Is(200);

        Assert.Equal("no-store", undone.Header("Cache-Control"));
        foreach (var session in (Person[])[una, thief])
            (await session.GetAsync("/api/auth/me")).IsProblem(401);
        (await key.SignInAsync(kumiko.Anyone)).IsProblem(401);
        (await TrySignInAsync(una, una.Password)).IsProblem(401);
        (await ResetAsync(una, reset)).IsProblem(410);
        foreach (var link in links)
            (await kumiko.Anyone.PostAsync(Path, new { token = link })).IsProblem(410);
        await TakesOverAsync(una, undone);
        var me = (await una.GetAsync("/api/auth/me")).Is(200);
        Assert.False(me["second_factor"].GetBoolean());
        Assert.Equal(0, me["passkeys"].GetInt32());
    }

    [Fact]
    public async Task The_owner_gets_a_mail_and_reads_in_the_activity_what_happened()
    {
        var una = await kumiko.NewPersonAsync("una");
        await una.VerifyAsync();
        await una.UseAuthenticatorAsync();

        await TakesOverAsync(una, (await kumiko.Anyone.PostAsync(Path, new { token = (await LinksAsync(una.Email, Page))[0] })).Is(200));

        await Eventually.IsAsync(
            () => Mailbox.FindAsync(una.Email),
            all => all.Exists(mail => mail.Subject == "What was added to your account was removed")
        );
        var activity = (await una.GetAsync("/api/auth/me/activity")).Is(200).Items;
        Assert.Equal(
            [
                "sign_in",
                "password_change",
                "factor_undo",
                "session_end factors_undone",
                "second_factor_change turned_off",
                "second_factor_change turned_on",
            ],
            activity.Take(6).Select(entry => $"{entry.GetProperty("action")} {entry.GetProperty("details")}".Trim())
        );
    }

    [Fact]
    public async Task What_the_owner_had_before_stays_and_is_still_asked_for()
    {
        var una = await kumiko.NewPersonAsync("una");
        // No link undoes it: the address is not proved yet.
        var app = await una.UseAuthenticatorAsync();
        await una.VerifyAsync();
        await una.RefreshAsync();
        var key = await SoftwareKey.AddAsync(una);

        var undone = (await kumiko.Anyone.PostAsync(Path, new { token = (await LinksAsync(una.Email, Page))[0] })).Is(200);

        (await key.SignInAsync(kumiko.Anyone)).IsProblem(401);
        var token = undone["reset_token"].GetString()!;
        HostLog.Watch("mailed secret", token);
        var asked = (await ResetAsync(una, token)).IsProblem(401);
        Assert.EndsWith("/second-factor-required", asked["type"].GetString(), StringComparison.Ordinal);
        (await ResetAsync(una, token, app.RecoveryCodes[0])).Is(204);
        (await TrySignInAsync(una, NewPasswordOf(una))).IsProblem(401);
        una.UseTokens((await TrySignInAsync(una, NewPasswordOf(una), app.RecoveryCodes[1])).Is(200));
        Assert.True((await una.GetAsync("/api/auth/me")).Is(200)["second_factor"].GetBoolean());
    }

    [Fact]
    public async Task New_recovery_codes_are_undone_and_the_app_stays()
    {
        var una = await kumiko.NewPersonAsync("una");
        var app = await una.UseAuthenticatorAsync();
        await una.VerifyAsync();
        var proof = new { password = una.Password, totp_code = app.RecoveryCodes[0] };
        var code = (await una.PostAsync("/api/auth/me/recovery-codes", proof)).Is(200)["recovery_codes"][0].GetString()!;
        HostLog.Watch("recovery code", code);

        var undone = (await kumiko.Anyone.PostAsync(Path, new { token = (await LinksAsync(una.Email, Page))[0] })).Is(200);

        var token = undone["reset_token"].GetString()!;
        HostLog.Watch("mailed secret", token);
        (await ResetAsync(una, token, code)).IsProblem(401);
        (await ResetAsync(una, token, app.Next())).Is(204);
    }

    // The thief's own mails, about what is added after the change of the address, have links too.
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task The_owner_ends_in_control_whichever_link_is_used_first(bool addsFirst, bool undoesFirst)
    {
        var una = await kumiko.NewPersonAsync("una");
        await una.VerifyAsync();
        var thief = await una.OnAnotherDeviceAsync();
        var email = $"thief-{una.Email}";
        HostLog.Watch("e-mail address", email);
        if (addsFirst)
            await thief.UseAuthenticatorAsync();
        (await thief.PatchAsync("/api/auth/me", new { email, current_password = una.Password })).Is(200);
        (await kumiko.Anyone.PostAsync("/api/auth/email/verify", new { token = await Mailbox.TokenAsync(email, "/auth/verify") })).Is(204);
        if (!addsFirst)
            await thief.UseAuthenticatorAsync();
        await thief.RefreshAsync();
        var key = await SoftwareKey.AddAsync(thief);
        var thiefs = await LinksAsync(email, Page, count: addsFirst ? 1 : 2);
        List<(string Path, string Token)> owners = [(Keep, (await LinksAsync(una.Email, "/auth/keep-email"))[0])];
        if (addsFirst)
            owners.Insert(undoesFirst ? 0 : 1, (Path, (await LinksAsync(una.Email, Page))[0]));
        // Where the owner has one link alone, the thief is the first to use one.
        Answer? theirs = null;
        if (!addsFirst && undoesFirst)
            theirs = (await kumiko.Anyone.PostAsync(Path, new { token = thiefs[0] })).Is(200);

        var undone = (await kumiko.Anyone.PostAsync(owners[0].Path, new { token = owners[0].Token })).Is(200);
        foreach (var (path, token) in owners)
            (await kumiko.Anyone.PostAsync(path, new { token })).IsProblem(410);
        foreach (var token in thiefs)
            (await kumiko.Anyone.PostAsync(Path, new { token })).IsProblem(410);

        if (theirs is not null)
            (await ResetAsync(una, theirs["reset_token"].GetString()!)).IsProblem(410);
        (await thief.GetAsync("/api/auth/me")).IsProblem(401);
        (await key.SignInAsync(kumiko.Anyone)).IsProblem(401);
        await TakesOverAsync(una, undone);
        var me = (await una.GetAsync("/api/auth/me")).Is(200);
        Assert.Equal(una.Email, me["email"].GetString());
        Assert.False(me["second_factor"].GetBoolean());
        Assert.Equal(0, me["passkeys"].GetInt32());
    }

    [Fact]
    public async Task Of_twenty_requests_with_one_link_at_once_one_succeeds()
    {
        var una = await kumiko.NewPersonAsync("una");
        await una.VerifyAsync();
        await SoftwareKey.AddAsync(una);
        var token = (await LinksAsync(una.Email, Page))[0];

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => kumiko.Anyone.PostAsync(Path, new { token })));

        var undone = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Except([undone]), answer => answer.IsProblem(410));
        await TakesOverAsync(una, undone);
    }

    [Fact]
    public async Task A_link_for_something_else_undoes_nothing()
    {
        var una = await kumiko.NewPersonAsync("una");
        var token = await Mailbox.TokenAsync(una.Email, "/auth/verify");
        (await kumiko.Anyone.PostAsync(Path, new { token })).IsProblem(410);
        (await kumiko.Anyone.PostAsync(Path, new { token = "made-up" })).IsProblem(410);
        (await kumiko.Anyone.PostAsync(Path, new { })).IsProblemWith(422, "token");
        await una.VerifyAsync();
        await una.UseAuthenticatorAsync();
        token = (await LinksAsync(una.Email, Page))[0];
        (await kumiko.Anyone.PostAsync(Keep, new { token })).IsProblem(410);
        (await ResetAsync(una, token)).IsProblem(410);
        (await una.GetAsync("/api/auth/me")).Is(200);
    }

    private static string NewPasswordOf(Person person) => $"new {person.Password}";

    // The tokens of so many mails, the oldest first.
    private static async Task<List<string>> LinksAsync(string to, string page, int count = 1)
    {
        var mails = await Mailbox.ReceiveAsync(to, page, count);
        List<string> tokens = [.. mails.Select(mail => mail.TextBody!.Split($"{page}#token=")[1].Split('\n', '&')[0].Trim())];
        foreach (var token in tokens)
            HostLog.Watch("mailed secret", token);
        return tokens;
    }

    private async Task TakesOverAsync(Person owner, Answer undone)
    {
        var token = undone["reset_token"].GetString()!;
        HostLog.Watch("mailed secret", token);
        (await ResetAsync(owner, token)).Is(204);
        owner.UseTokens((await TrySignInAsync(owner, NewPasswordOf(owner))).Is(200));
    }

    private Task<Answer> ResetAsync(Person person, string token, string? totp_code = null)
    {
        var new_password = NewPasswordOf(person);
        HostLog.Watch("password", new_password);
        return kumiko.Anyone.PostAsync(
            "/api/auth/password/reset",
            new
            {
                token,
                new_password,
                totp_code,
            }
        );
    }

    private Task<Answer> TrySignInAsync(Person person, string password, string? totp_code = null) =>
        kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new
            {
                email = person.Email,
                password,
                totp_code,
                token_delivery = "body",
            }
        );
}
