using System.Text;

namespace Kumiko.Contract.Identity;

public class SecondFactorTests(RunningKumiko kumiko)
{
    private const string Totp = "/api/auth/me/totp";
    private const string RecoveryCodes = "/api/auth/me/recovery-codes";
    private const string Required = "/second-factor-required";

    [Fact]
    public async Task Setting_up_gives_a_secret_an_address_and_a_picture_that_nobody_keeps()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        var answer = (await wendy.PostAsync(Totp, null)).Is(200);
        var secret = answer["secret"].GetString()!;
        HostLog.Watch("secret of the app", secret);
        Assert.Matches("^[A-Z2-7]{32}$", secret);
        var uri = new Uri(answer["uri"].GetString()!);
        Assert.Equal("otpauth", uri.Scheme);
        Assert.Contains($"secret={secret}", uri.Query, StringComparison.Ordinal);
        Assert.Contains("issuer=Kumiko", uri.Query, StringComparison.Ordinal);
        Assert.Contains(wendy.Email, Uri.UnescapeDataString(uri.AbsolutePath), StringComparison.Ordinal);
        var picture = answer["qr"].GetString()!.Split(',');
        Assert.Equal("data:image/svg+xml;base64", picture[0]);
        Assert.StartsWith("<svg", Encoding.UTF8.GetString(Convert.FromBase64String(picture[1])), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));

        // Nothing changes until the first code is confirmed.
        Assert.False((await wendy.GetAsync("/api/auth/me")).Is(200)["second_factor"].GetBoolean());
        await wendy.SignInAsync();
        Assert.NotEqual(secret, (await wendy.PostAsync(Totp, null)).Is(200)["secret"].GetString());
    }

    [Fact]
    public async Task The_first_code_turns_it_on_and_gives_ten_recovery_codes()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        var before = (await wendy.GetAsync("/api/auth/me")).Is(200);
        (await wendy.PostAsync($"{Totp}/confirm", new { code = "000000" })).IsProblem(409);
        var app = await wendy.UseAuthenticatorAsync();

        Assert.Equal(10, app.RecoveryCodes.Distinct().Count());
        var after = (await wendy.GetAsync("/api/auth/me")).Is(200);
        Assert.True(after["second_factor"].GetBoolean());
        Assert.NotEqual(before.ETag, after.ETag);
        (await wendy.PostAsync($"{Totp}/confirm", new { code = app.Next() })).IsProblem(409);
    }

    [Fact]
    public async Task Turning_it_on_ends_the_sessions_that_began_without_it()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        var elsewhere = await wendy.OnAnotherDeviceAsync();
        await wendy.UseAuthenticatorAsync();
        (await wendy.GetAsync("/api/auth/me")).Is(200);
        (await elsewhere.GetAsync("/api/auth/me")).IsProblem(401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = elsewhere.RefreshToken })).IsProblem(401);
    }

    [Fact]
    public async Task A_wrong_first_code_turns_nothing_on()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        var app = Authenticator.Of((await wendy.PostAsync(Totp, null)).Is(200)["secret"].GetString()!);
        foreach (var code in (string[])[app.Wrong(), "12345", "1234567", "aaaa-aaaa-aaaa-aaaa", "x"])
            (await wendy.PostAsync($"{Totp}/confirm", new { code })).IsProblemWith(422, "code");
        foreach (var code in (string?[])[null, "", new string('1', 65)])
            (await wendy.PostAsync($"{Totp}/confirm", new { code })).IsProblemWith(422, "code");
        await wendy.SignInAsync();
    }

    [Fact]
    public async Task Signing_in_takes_a_code_that_works_once()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        var app = await wendy.UseAuthenticatorAsync();

        var asked = (await SignInAsync(wendy)).IsProblem(401);
        Assert.EndsWith(Required, asked["type"].GetString(), StringComparison.Ordinal);
        Assert.Null(asked.Header("Set-Cookie"));
        Assert.EndsWith(Required, (await SignInAsync(wendy, app.Wrong())).IsProblem(401)["type"].GetString(), StringComparison.Ordinal);

        var code = app.Next();
        var answer = (await SignInAsync(wendy, $"{code[..3]} {code[3..]}")).Is(200);
        Assert.True(answer["user"].GetProperty("second_factor").GetBoolean());
        Assert.Equal(["pwd", "otp", "mfa"], Claims.Of(answer).Methods);
        (await SignInAsync(wendy, code)).IsProblem(401);
    }

    [Fact]
    public async Task A_recovery_code_replaces_a_lost_phone_once_in_any_spelling()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        var codes = (await wendy.UseAuthenticatorAsync()).RecoveryCodes;
        (await SignInAsync(wendy, codes[0])).Is(200);
        (await SignInAsync(wendy, codes[0])).IsProblem(401);
        (await SignInAsync(wendy, codes[1].Replace("-", "", StringComparison.Ordinal).ToUpperInvariant())).Is(200);
        (await SignInAsync(wendy, codes[1])).IsProblem(401);

        // Without the phone, it can still be turned off.
        (await wendy.DeleteAsync(Totp, new { password = wendy.Password, totp_code = codes[2] })).Is(204);
        await wendy.SignInAsync();
    }

    [Fact]
    public async Task A_code_is_of_no_use_without_the_password()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        var app = await wendy.UseAuthenticatorAsync();
        var code = app.RecoveryCodes[0];
        var wrong = await kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new
            {
                email = wendy.Email,
                password = "not the password",
                totp_code = code,
            }
        );
        var unknown = await kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new
            {
                email = $"x{wendy.Email}",
                password = "not the password",
                totp_code = code,
            }
        );
        foreach (var member in (string[])["type", "title", "status", "detail", "instance"])
            Assert.Equal(wrong.IsProblem(401)[member].ToString(), unknown.IsProblem(401)[member].ToString());
        Assert.DoesNotContain(Required, wrong["type"].GetString()!, StringComparison.Ordinal);
        (await SignInAsync(wendy, code)).Is(200);
    }

    [Fact]
    public async Task A_code_is_ignored_where_there_is_no_second_factor()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        (await SignInAsync(wendy, "123456")).Is(200);
        (await SignInAsync(wendy, "")).Is(200);
        (await SignInAsync(wendy, new string('1', 65))).IsProblemWith(422, "totp_code");
    }

    [Fact]
    public async Task Turning_it_off_takes_the_password_and_a_code()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        (await wendy.DeleteAsync(Totp, new { password = wendy.Password, totp_code = "123456" })).IsProblem(404);
        var app = await wendy.UseAuthenticatorAsync();
        (await wendy.DeleteAsync(Totp, new { password = wendy.Password })).IsProblemWith(422, "totp_code");
        (await wendy.DeleteAsync(Totp, new { totp_code = app.RecoveryCodes[0] })).IsProblemWith(422, "password");
        (await wendy.DeleteAsync(Totp, new { password = "not the password", totp_code = app.RecoveryCodes[0] })).IsProblemWith(
            422,
            "password"
        );
        (await wendy.DeleteAsync(Totp, new { password = wendy.Password, totp_code = app.Wrong() })).IsProblemWith(422, "totp_code");
        Assert.True((await wendy.GetAsync("/api/auth/me")).Is(200)["second_factor"].GetBoolean());

        (await wendy.DeleteAsync(Totp, new { password = wendy.Password, totp_code = app.Next() })).Is(204);
        Assert.False((await wendy.GetAsync("/api/auth/me")).Is(200)["second_factor"].GetBoolean());
        await wendy.SignInAsync();
        (await wendy.PostAsync(RecoveryCodes, new { password = wendy.Password, totp_code = app.RecoveryCodes[0] })).IsProblem(404);

        // It can be turned on again, and the old codes are worthless.
        var next = await wendy.UseAuthenticatorAsync();
        (await SignInAsync(wendy, app.RecoveryCodes[1])).IsProblem(401);
        (await SignInAsync(wendy, next.RecoveryCodes[1])).Is(200);
    }

    [Fact]
    public async Task New_recovery_codes_replace_the_old_ones()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        var app = await wendy.UseAuthenticatorAsync();
        (await wendy.PostAsync(RecoveryCodes, new { password = wendy.Password, totp_code = app.Wrong() })).IsProblemWith(422, "totp_code");
        var answer = (await wendy.PostAsync(RecoveryCodes, new { password = wendy.Password, totp_code = app.Next() })).Is(200);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        var codes = answer["recovery_codes"].EnumerateArray().Select(code => code.GetString()!).ToList();
        foreach (var code in codes)
            HostLog.Watch("recovery code", code);
        Assert.Equal(20, codes.Concat(app.RecoveryCodes).Distinct().Count());
        (await SignInAsync(wendy, app.RecoveryCodes[0])).IsProblem(401);
        (await SignInAsync(wendy, codes[0])).Is(200);
    }

    [Fact]
    public async Task Of_many_sign_ins_with_one_code_at_once_one_succeeds()
    {
        var wendy = await kumiko.NewPersonAsync("wendy");
        var code = (await wendy.UseAuthenticatorAsync()).Next();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SignInAsync(wendy, code)));
        Assert.Single(answers, answer => answer.Status == 200);
    }

    private Task<Answer> SignInAsync(Person person, string? code = null) =>
        kumiko.Anyone.PostAsync(
            "/api/auth/login",
            new
            {
                email = person.Email,
                password = person.Password,
                totp_code = code,
                token_delivery = "body",
            }
        );
}
