namespace Kumiko.Contract.Installations;

public class KeyRotationTests
{
    [Fact]
    public async Task A_withdrawn_key_is_refused_by_every_module_and_nobody_signs_in_again()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await ((IInstallation)installation).StartAsync();
        using var anyone = new Caller(host.Address);
        var alice = await Person.JoinAsync(anyone, "alice");
        await alice.WriteAsync("written before");
        var stolen = (await anyone.GetAsync("/api/auth/.well-known/jwks.json")).Is(200)["keys"][0].GetProperty("kid").GetString();

        var said = await ((IInstallation)installation).RunAsync($"keys rotate --revoke {stolen}");

        Assert.Contains($"{stolen} is withdrawn", said, StringComparison.Ordinal);
        (await alice.GetAsync("/api/auth/me")).IsProblem(401);
        (await alice.PostAsync("/api/crud/posts", new { content = "too late" })).IsProblem(401);
        await alice.RefreshAsync();
        (await alice.GetAsync("/api/auth/me")).Is(200);
        await alice.WriteAsync("written after");
        Assert.DoesNotContain(
            stolen,
            (await anyone.GetAsync("/api/auth/.well-known/jwks.json"))
                .Is(200)["keys"]
                .EnumerateArray()
                .Select(key => key.GetProperty("kid").GetString())
        );
    }
}
