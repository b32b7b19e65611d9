namespace Kumiko.Contract.Installations;

public class AdminFactorTests
{
    private const string Users = "/api/auth/admin/users";

    [Fact]
    public async Task Admins_need_a_second_factor_where_the_installation_demands_it()
    {
        IInstallation installation = await new Topology().InstallAsync();
        await using var removal = installation;
        await using var host = await installation.StartAsync(("Identity__RequireAdminSecondFactor", "true"));
        using var anyone = new Caller(host.Address);
        var (ada, cara) = (await Person.JoinAsync(anyone, "ada"), await Person.JoinAsync(anyone, "cara"));
        foreach (var admin in (Person[])[ada, cara])
        {
            await installation.RunAsync($"user promote {admin.Email}");
            await admin.RefreshAsync();
        }

        foreach (
            var operation in (await Operation.AllOfAsync(anyone)).Where(operation =>
                operation.Path.Contains("/admin/", StringComparison.Ordinal)
            )
        )
        {
            var body = operation.Members.Count == 0 ? null : new { role = "member" };
            var refused = (await ada.SendAsync(operation.Method, operation.PathTo(ada.Id), body)).IsProblem(403);
            Assert.EndsWith("/second-factor-setup-required", refused["type"].GetString(), StringComparison.Ordinal);
        }

        // Until then an admin is a member of the board, and may set one up.
        var (own, others) = (await ada.WriteAsync("my own"), await cara.WriteAsync("somebody else's"));
        (await ada.DeleteAsync($"/api/crud/posts/{others.Id}")).IsProblem(403);
        (await ada.DeleteAsync($"/api/crud/posts/{own.Id}")).Is(204);
        await ada.UseAuthenticatorAsync();
        await ada.RefreshAsync();
        (await ada.GetAsync(Users)).Is(200);
        (await ada.DeleteAsync($"/api/crud/posts/{others.Id}")).Is(204);

        // A passkey is a second factor, too, but only if it was used.
        var key = await SoftwareKey.AddAsync(cara);
        var asked = (await cara.GetAsync(Users)).IsProblem(401);
        Assert.EndsWith("/recent-sign-in-required", asked["type"].GetString(), StringComparison.Ordinal);
        cara.UseTokens((await key.SignInAsync(anyone)).Is(200));
        (await cara.GetAsync(Users)).Is(200);

        // The session in which it was used doesn't count once it is removed.
        var passkey = Assert.Single((await cara.GetAsync("/api/auth/passkeys")).Is(200).Items).GetProperty("id");
        (await cara.DeleteAsync($"/api/auth/passkeys/{passkey}")).Is(204);
        await cara.RefreshAsync();
        var another = await ada.WriteAsync("somebody else's");
        (await cara.DeleteAsync($"/api/crud/posts/{another.Id}")).IsProblem(403);
    }
}
