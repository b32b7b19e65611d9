namespace Kumiko.Contract.Hosting;

public class MigrationTests
{
    [Fact]
    public async Task Migrating_completes_the_schema_and_keeps_the_rows()
    {
        await using var installation = await new Topology().InstallAsync();
        string name;
        await using (var before = await installation.StartAsync())
        {
            using var caller = new Caller(before.Address);
            name = (await Person.JoinAsync(caller, "mark")).Username;
        }

        foreach (var byVerb in (bool[])[true, false])
        {
            await RunAsync("migrate --down 1 --Modules identity --Nats:Url=nats://127.0.0.1:1 --Tokens:Issuer http://127.0.0.1:1/api/auth");
            if (byVerb)
                await RunAsync("migrate");
            await using var host = await installation.StartAsync(("Database__MigrateOnStart", byVerb ? "false" : "true"));
            using var anyone = new Caller(host.Address);

            var lookalike = name.Replace("m", "rn", StringComparison.Ordinal);
            (
                await anyone.PostAsync(
                    "/api/auth/register",
                    new
                    {
                        email = "other@example.test",
                        username = lookalike,
                        password = "seven pine needles",
                    }
                )
            ).Is(409);
        }

        async Task RunAsync(string verb)
        {
            await using var run = installation.LaunchVerb(verb);
            Assert.True(await run.ExitAsync() == 0, run.Log);
        }
    }
}
