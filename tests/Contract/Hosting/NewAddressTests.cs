namespace Kumiko.Contract.Hosting;

/// <summary>What stands for the password where an account gets a new e-mail address.</summary>
public class NewAddressTests
{
    private const int Days = 4;

    [Fact]
    public async Task A_second_factor_is_as_good_as_the_password_once_its_owner_can_no_longer_undo_it()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await ((IInstallation)installation).StartAsync();
        using var anyone = new Caller(host.Address);
        var nina = await Person.JoinAsync(anyone, "nina");
        var older = anyone.With(nina.AccessToken);
        var app = await nina.UseAuthenticatorAsync();
        var email = $"new-{nina.Email}";

        // Whoever has stolen the token could have added it.
        var recent = await ProveAsync(app.RecoveryCodes[0]);
        (await recent.PatchAsync("/api/auth/me", new { email })).IsProblemWith(422, "current_password");

        await using (var connection = Tables.ConnectTo(installation, "identity"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = Tables.Age("totp_secrets", "created_at", Days);
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        recent = await ProveAsync(app.RecoveryCodes[1]);
        // The same session, by the password alone.
        (await older.PatchAsync("/api/auth/me", new { email })).IsProblemWith(422, "current_password");
        // A password that is sent has to be right.
        var wrong = new { email, current_password = "not the password" };
        (await recent.PatchAsync("/api/auth/me", wrong)).IsProblemWith(422, "current_password");
        Assert.Equal(email, (await recent.PatchAsync("/api/auth/me", new { email })).Is(200)["pending_email"].GetString());

        (await new SoftwareKey(nina.Address).RegisterAsync(recent)).Is(200);
        (await recent.PatchAsync("/api/auth/me", new { email = $"x{email}" })).IsProblemWith(422, "current_password");

        async Task<Caller> ProveAsync(string code)
        {
            var proof = (await older.PostAsync("/api/auth/reauthenticate", new { totp_code = code })).Is(200);
            return anyone.With(proof["access_token"].GetString());
        }
    }
}
