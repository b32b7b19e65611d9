namespace Kumiko.Chaos;

/// <summary>A module that joins an installation whose old events are no longer kept.</summary>
public class LateJoinTests
{
    // More than two of the pages in which Identity reports its users.
    private const int Users = 450;

    [Fact]
    public async Task Posts_on_an_empty_database_receives_every_existing_user()
    {
        await using var mysql = await DurableMySql.StartAsync();
        await using var nats = await NatsServer.StartAsync();
        var installation = new InstallationApart(await mysql.InstallAsync(), nats.NewAccount());
        await using var hosts = await installation.StartAsync();
        using var anyone = new Caller(hosts.Address);
        await Person.JoinAsync(anyone, "alice");
        Assert.Equal(0, await hosts.Posts[0].Host.StopAsync());
        await using (var connection = await mysql.OpenAsync())
        {
            // No event reports these users.
            await Proof.RunAsync(connection, $"use {await Proof.DatabaseAsync(connection, "identity")}");
            for (var number = 0; number < Users; number++)
            {
                await Proof.RunAsync(
                    connection,
                    $"""
                    insert into users (email, email_key, username, username_key, username_skeleton, password_hash, email_verified,
                        role, version, created_at, updated_at)
                    values ('u{number}@example.test', 'u{number}@example.test', 'u{number}', 'u{number}', 'u{number}', '', 0, 'user', 1,
                        utc_timestamp(3), utc_timestamp(3))
                    """
                );
            }

            var posts = await Proof.DatabaseAsync(connection, "posts");
            await Proof.RunAsync(connection, $"drop database {posts}; create database {posts} character set utf8mb4");
        }

        await hosts.Posts[0].StartAgainAsync();
        await hosts.ReadyAsync();

        await Proof.AllUsersAreKnownAsync(mysql, Users + 1);
        HostLog.HoldsNothingPrivate(hosts.Log);
    }
}
