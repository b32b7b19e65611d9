namespace Kumiko.Contract.Installations;

public class PrivacyTests
{
    [Theory]
    [InlineData("Production", "Information")]
    [InlineData("Development", "Debug")]
    public async Task Nothing_private_is_logged_even_when_requests_fail(string environment, string level)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(
            ("ASPNETCORE_ENVIRONMENT", environment),
            ("Logging__LogLevel__Default", level)
        );
        using var caller = new Caller(host.Address);
        var trent = await Person.JoinAsync(caller, "trent");
        var (newPassword, newEmail) = ($"changed {Guid.NewGuid():N}", $"moved-{Guid.NewGuid():N}@example.test");
        HostLog.Watch("password", newPassword);
        HostLog.Watch("e-mail address", newEmail);

        await caller.PostAsync(
            "/api/auth/register",
            new
            {
                email = trent.Email,
                username = trent.Username,
                password = trent.Password,
            }
        );
        await caller.PostAsync(
            "/api/auth/register",
            new
            {
                email = trent.Email,
                username = "!",
                password = trent.Password,
            }
        );
        await caller.PostAsync("/api/auth/login", Caller.Json($"{{\"email\":\"{trent.Email}\",\"password\":\"{trent.Password}"));
        await caller.PostAsync("/api/auth/login", Caller.Json($"{{\"email\":[\"{trent.Email}\"],\"password\":\"{trent.Password}\"}}"));
        await caller.PostAsync("/api/auth/login", new { email = trent.Email, password = newPassword });
        await caller.PostAsync("/api/auth/refresh", new { refresh_token = trent.RefreshToken + "x" });
        await caller.PostAsync("/api/auth/refresh", null, ("Cookie", $"__Secure-kumiko_refresh={trent.RefreshToken}"));
        await caller.With(trent.AccessToken + "x").GetAsync("/api/auth/me");
        await caller.With(trent.AccessToken![..^5]).GetAsync("/api/auth/me");
        await trent.PatchAsync("/api/auth/me", new { email = newEmail, current_password = trent.Password });
        await trent.PostAsync("/api/auth/me/password", new { current_password = newPassword, new_password = newPassword });
        trent.UseTokens(
            (
                await trent.PostAsync(
                    "/api/auth/me/password",
                    new
                    {
                        current_password = trent.Password,
                        new_password = newPassword,
                        token_delivery = "body",
                    }
                )
            ).Is(200)
        );
        (await caller.PostAsync("/api/auth/email/verify", new { token = await Mailbox.TokenAsync(newEmail, "/auth/verify") })).Is(204);
        await caller.PostAsync("/api/auth/password/forgot", new { email = newEmail });
        await caller.PostAsync("/api/auth/password/reset", new { token = "made-up", new_password = newPassword });
        await trent.PostAsync("/api/crud/posts", new { content = "word" });
        await trent.DeleteAsync("/api/auth/me", new { password = trent.Password });
        (await trent.DeleteAsync("/api/auth/me", new { password = newPassword })).Is(204);

        await host.StopAsync();
        // The log does report all of these.
        foreach (
            var recorded in (string[])
                [
                    "registration, Outcome=refused",
                    "sign_in, Outcome=refused",
                    "invalid_token, Outcome=refused",
                    "email_change, Outcome=succeeded",
                    "password_check, Outcome=refused",
                    "email_verification, Outcome=succeeded",
                    "password_reset_request, Outcome=succeeded",
                    "password_change, Outcome=succeeded",
                    "account_deletion, Outcome=succeeded",
                ]
        )
            Assert.Contains($"Event={recorded}", host.Log, StringComparison.Ordinal);
        HostLog.HoldsNothingPrivate(host.Log);
        HostLog.HoldsNoUnhandledError(host.Log);
    }

    // Browsers and proxies log addresses, so no address may ask for private data. But people paste anything into a search.
    [Fact]
    public async Task Search_terms_are_not_logged()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        var word = $"private{Guid.NewGuid():N}";
        (await caller.GetAsync($"/api/crud/posts?q={word}")).Is(200);
        await host.StopAsync();
        Assert.DoesNotContain(word, host.Log, StringComparison.Ordinal);
    }
}
