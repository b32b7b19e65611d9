namespace Kumiko.Contract.Sqlite;

public class ProxyTests
{
    // What a proxy forwards for a client at 203.0.113.9 that claimed to be another.
    private static readonly (string Name, string Value) Forwarded = ("X-Forwarded-For", "198.51.100.1, 203.0.113.9");

    [Theory]
    [InlineData("127.0.0.0/8, ::1/128", "203.0.113.9")]
    [InlineData("127.0.0.1/32,198.51.100.0/24,203.0.113.0/24", "203.0.113.9")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public async Task A_session_shows_the_address_from_a_trusted_proxy_and_not_the_clients_claim(string networks, string address)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("Proxy__Networks", networks));
        using var caller = new Caller(host.Address);
        var alice = await Person.JoinAsync(caller, "alice");
        var login = (
            await caller.PostAsync(
                "/api/auth/login",
                new
                {
                    email = alice.Email,
                    password = alice.Password,
                    token_delivery = "body",
                },
                Forwarded,
                ("X-Forwarded-Proto", "https")
            )
        ).Is(200);

        var sessions = (await caller.With(login["access_token"].GetString()).GetAsync("/api/auth/sessions")).Is(200).Items;

        Assert.Equal(address, sessions.Single(session => session.GetProperty("current").GetBoolean()).GetProperty("address").GetString());
    }
}
