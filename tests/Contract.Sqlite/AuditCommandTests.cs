namespace Kumiko.Contract.Sqlite;

public class AuditCommandTests
{
    [Fact]
    public async Task Verifying_the_audit_trail_says_whether_it_is_intact()
    {
        await using var installation = await new Topology().InstallAsync();
        await using (var host = await installation.StartAsync())
        {
            using var anyone = new Caller(host.Address);
            await Person.JoinAsync(anyone, "alice");
        }

        await using var intact = installation.LaunchVerb("audit verify");
        Assert.True(await intact.ExitAsync() == 0, intact.Log);
        Assert.Matches(@"^The audit trail is intact: 2 entries\. Its newest is 2:[0-9a-f]{32}\.\n$", intact.Log);
        var newest = intact.Log.Split(' ')[^1].Trim().TrimEnd('.');
        await using var known = installation.LaunchVerb($"audit verify --known {newest}");
        Assert.True(await known.ExitAsync() == 0, known.Log);

        await using var replaced = installation.LaunchVerb("audit verify --known 2:00000000000000000000000000000000");
        Assert.Equal(1, await replaced.ExitAsync());
        Assert.Matches("^[^\n]*does not contain 2:0{32}[^\n]*\n$", replaced.Errors);
        // Somebody with another secret can't verify it.
        await using var changed = installation.LaunchVerb("audit verify", ("Security__Key", Convert.ToBase64String(new byte[32])));
        Assert.Equal(1, await changed.ExitAsync());
        Assert.Matches("^Security:Key [^\n]*does not open[^\n]*\n$", changed.Errors);
    }

    [Fact]
    public async Task Without_Identity_there_is_no_audit_trail_to_verify()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = installation.LaunchVerb(
            "audit verify --Modules posts --Nats:Url=nats://127.0.0.1:1 --Tokens:Issuer http://127.0.0.1:1/api/auth"
        );
        Assert.Equal(1, await host.ExitAsync());
        Assert.Matches("^[^\n]*Modules must include identity[^\n]*\n$", host.Errors);
    }
}
