namespace Kumiko.Contract.Identity;

public class ResetPasswordTests(RunningKumiko kumiko)
{
    private const string Path = "/api/auth/password/reset";
    private const string NewPassword = "an even better password";

    [Fact]
    public async Task The_link_of_the_mail_replaces_the_password_once_and_ends_every_session()
    {
        var rita = await kumiko.NewPersonAsync("rita");
        var other = await rita.OnAnotherDeviceAsync();
        var token = await ForgetAsync(rita);

        var answer = (await kumiko.Anyone.PostAsync(Path, new { token, new_password = NewPassword })).Is(204);

        Assert.Empty(answer.Bytes);
        // Nobody is signed in by it.
        Assert.DoesNotContain("refresh", answer.Header("Set-Cookie") ?? "", StringComparison.Ordinal);
        foreach (var session in (Person[])[rita, other])
        {
            (await session.GetAsync("/api/auth/me")).IsProblem(401);
            (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = session.RefreshToken })).IsProblem(401);
        }

        (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = rita.Email, password = rita.Password })).IsProblem(401);
        var again = (await kumiko.Anyone.PostAsync("/api/auth/login", new { email = rita.Email, password = NewPassword })).Is(200);
        Assert.True(again["user"].GetProperty("email_verified").GetBoolean());
        (await kumiko.Anyone.PostAsync(Path, new { token, new_password = "yet another password" })).IsProblem(410);
        // The owner gets a mail.
        await Mailbox.ReceiveAsync(rita.Email, count: 3);
    }

    [Fact]
    public async Task A_newer_mail_voids_the_older_one()
    {
        var rita = await kumiko.NewPersonAsync("rita");
        var older = await ForgetAsync(rita);
        var newer = await ForgetAsync(rita, count: 2);
        (await kumiko.Anyone.PostAsync(Path, new { token = older, new_password = NewPassword })).IsProblem(410);
        (await kumiko.Anyone.PostAsync(Path, new { token = newer, new_password = NewPassword })).Is(204);
    }

    [Fact]
    public async Task The_new_password_must_follow_the_rules_and_a_refused_one_does_not_spend_the_link()
    {
        var rita = await kumiko.NewPersonAsync("rita");
        var token = await ForgetAsync(rita);
        foreach (var password in (string?[])["short 7", "password", "", null, rita.Username, rita.Email, "kumiko2026"])
            (await kumiko.Anyone.PostAsync(Path, new { token, new_password = password })).IsProblemWith(422, "new_password");
        (await kumiko.Anyone.PostAsync(Path, new { token, new_password = NewPassword })).Is(204);
    }

    [Fact]
    public async Task A_link_for_something_else_does_not_reset_a_password()
    {
        var rita = await kumiko.NewPersonAsync("rita");
        var token = await Mailbox.TokenAsync(rita.Email, "/auth/verify");
        (await kumiko.Anyone.PostAsync(Path, new { token, new_password = NewPassword })).IsProblem(410);
        (await kumiko.Anyone.PostAsync(Path, new { new_password = NewPassword })).IsProblemWith(422, "token");
        (await kumiko.Anyone.PostAsync("/api/auth/email/verify", new { token })).Is(204);
    }

    [Fact]
    public async Task A_stranger_who_registered_an_address_cannot_keep_its_owner_out()
    {
        // Nobody has proved the address.
        var stranger = await kumiko.NewPersonAsync("rita");
        await stranger.UseAuthenticatorAsync();
        await stranger.RefreshAsync();
        var key = await SoftwareKey.AddAsync(stranger);
        (await key.SignInAsync(kumiko.Anyone)).Is(200);
        (await kumiko.Anyone.PostAsync(Path, new { token = await ForgetAsync(stranger), new_password = NewPassword })).Is(204);

        var answer = await kumiko.Anyone.PostAsync("/api/auth/login", new { email = stranger.Email, password = NewPassword });
        Assert.False(answer.Is(200)["user"].GetProperty("second_factor").GetBoolean());
        Assert.Equal(0, answer["user"].GetProperty("passkeys").GetInt32());
        (await key.SignInAsync(kumiko.Anyone)).IsProblem(401);
    }

    [Fact]
    public async Task Whoever_reads_the_mails_of_an_account_still_needs_its_second_factor()
    {
        var rita = await kumiko.NewPersonAsync("rita");
        await rita.VerifyAsync();
        var app = await rita.UseAuthenticatorAsync();
        var token = await ForgetAsync(rita);
        foreach (var totp_code in (string?[])[null, "", app.Wrong(), "aaaa-aaaa-aaaa-aaaa"])
        {
            var refused = await kumiko.Anyone.PostAsync(
                Path,
                new
                {
                    token,
                    new_password = NewPassword,
                    totp_code,
                }
            );
            Assert.EndsWith("/second-factor-required", refused.IsProblem(401)["type"].GetString(), StringComparison.Ordinal);
        }

        // Nothing has changed, and the link is still good.
        (await rita.GetAsync("/api/auth/me")).Is(200);
        var reset = new
        {
            token,
            new_password = NewPassword,
            totp_code = app.RecoveryCodes[0],
        };
        (await kumiko.Anyone.PostAsync(Path, reset)).Is(204);
        (await kumiko.Anyone.PostAsync(Path, reset)).IsProblem(410);

        var login = new { email = rita.Email, password = NewPassword };
        Assert.EndsWith(
            "/second-factor-required",
            (await kumiko.Anyone.PostAsync("/api/auth/login", login)).IsProblem(401)["type"].GetString(),
            StringComparison.Ordinal
        );
        (
            await kumiko.Anyone.PostAsync(
                "/api/auth/login",
                new
                {
                    login.email,
                    login.password,
                    totp_code = app.Next(),
                }
            )
        ).Is(200);
    }

    private async Task<string> ForgetAsync(Person person, int count = 1)
    {
        (await kumiko.Anyone.PostAsync("/api/auth/password/forgot", new { email = person.Email })).Is(202);
        return await Mailbox.TokenAsync(person.Email, "/auth/reset", count);
    }
}
