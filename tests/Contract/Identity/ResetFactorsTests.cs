namespace Kumiko.Contract.Identity;

public class ResetFactorsTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task The_operator_removes_what_somebody_has_lost_and_the_owner_gets_a_mail()
    {
        var lena = await kumiko.NewPersonAsync("lena");
        await lena.VerifyAsync();
        var key = await SoftwareKey.AddAsync(lena);
        lena.UseTokens((await key.SignInAsync(kumiko.Anyone)).Is(200));
        await lena.UseAuthenticatorAsync();

        var said = await kumiko.RunAsync($"user reset-factors {lena.Username.ToUpperInvariant()}");

        Assert.Contains($"{lena.Username} (account {lena.Id})", said, StringComparison.Ordinal);
        await Eventually.IsAsync(() => lena.GetAsync("/api/auth/me"), answer => answer.Status == 401);
        (await kumiko.Anyone.PostAsync("/api/auth/refresh", new { refresh_token = lena.RefreshToken })).IsProblem(401);
        (await key.SignInAsync(kumiko.Anyone)).IsProblem(401);
        // The password alone is enough, also for sensitive operations.
        await lena.SignInAsync();
        var me = (await lena.GetAsync("/api/auth/me")).Is(200);
        Assert.False(me["second_factor"].GetBoolean());
        Assert.Equal(0, me["passkeys"].GetInt32());
        await lena.UseAuthenticatorAsync();

        var entries = (await lena.GetAsync("/api/auth/me/activity")).Is(200).Items;
        var reset = Assert.Single(entries, item => item.GetProperty("action").GetString() == "factor_reset");
        Assert.Equal("staff", reset.GetProperty("by").GetString());
        var ended = entries.Where(item => item.GetProperty("details").GetString() == "factor_reset").ToList();
        Assert.NotEmpty(ended);
        Assert.All(ended, item => Assert.Equal("staff", item.GetProperty("by").GetString()));
        await Eventually.IsAsync(
            () => Mailbox.FindAsync(lena.Email),
            all => all.Exists(mail => mail.Subject == "Two-step sign-in and passkeys were removed")
        );
    }

    [Fact]
    public async Task An_account_is_found_by_its_address_and_one_without_factors_stays_as_it_is()
    {
        var lena = await kumiko.NewPersonAsync("lena");

        Assert.Contains("neither", await kumiko.RunAsync($"user reset-factors {lena.Email.ToUpperInvariant()}"), StringComparison.Ordinal);

        (await lena.GetAsync("/api/auth/me")).Is(200);
        await Assert.ThrowsAsync<InvalidOperationException>(() => kumiko.RunAsync("user reset-factors nobody-has-this-name"));
    }
}
