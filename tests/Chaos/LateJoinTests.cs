namespace Kumiko.Chaos;

/// <summary>A module that joins an installation whose old events are no longer kept.</summary>
public class LateJoinTests(SharedServers servers)
{
    // More than two of the pages in which Identity reports its users.
    private const int Users = 450;

    [Fact]
    public async Task Posts_on_an_empty_database_receives_every_existing_user()
    {
        await using var installation = await servers.InstallAsync();
        await using var hosts = await installation.StartAsync();
        using var anyone = new Caller(hosts.Address);
        await Person.JoinAsync(anyone, "alice");
        Assert.Equal(0, await hosts.Posts[0].Host.StopAsync());
        await using (var connection = await servers.MySql.OpenAsync())
        {
            // No event reports these users.
            await Proof.RunAsync(connection, $"use {await Proof.DatabaseAsync(connection, "identity")}");
            await Proof.RunAsync(
                connection,
                $"""
                insert into users (email, email_key, username, username_key, username_skeleton, password_hash, email_verified, role,
                    version, created_at, updated_at)
                with recursive n as (select 1 as number union all select number + 1 from n where number < {Users})
                select concat('u', number, '@example.test'), concat('u', number, '@example.test'), concat('u', number),
                    concat('u', number), concat('u', number), '', 0, 'user', 1, utc_timestamp(3), utc_timestamp(3) from n
                """
            );

            var posts = await Proof.DatabaseAsync(connection, "posts");
            await Proof.RunAsync(connection, $"drop database {posts}; create database {posts} character set utf8mb4");
        }

        await hosts.Posts[0].StartAgainAsync();
        await hosts.ReadyAsync();

        await Proof.AllUsersAreKnownAsync(servers.MySql, Users + 1);
        HostLog.HoldsNothingPrivate(hosts.Log);
    }
}
