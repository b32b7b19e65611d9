using System.Net;
using System.Net.Sockets;

namespace Kumiko.Contract.Sqlite;

public class HealthCommandTests
{
    [Fact]
    public async Task The_health_command_asks_the_configured_address()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        var port = host.Operators.Port;
        await EndsAsync(0, installation, ("Operators__Urls", $"http://127.0.0.1:{port}"));
        await EndsAsync(
            0,
            installation,
            ("Operators__Urls", $"http://127.0.0.1:{port};http://127.0.0.1:1"),
            ("ASPNETCORE_URLS", "https://example.test:1")
        );
        await EndsAsync(0, installation, ("Operators__Urls", $"http://0.0.0.0:{port}"), ("Modules", "nonsense"));
        await EndsAsync(0, installation, ("Operators__Urls", $"http://+:{port}"), ("HTTP_PROXY", "http://127.0.0.1:1"));
        await using var verb = installation.LaunchVerb(
            $"health --Operators:Urls http://127.0.0.1:{port}",
            ("Operators__Urls", "http://127.0.0.1:1")
        );
        Assert.True(await verb.ExitAsync() == 0, verb.Log);
    }

    [Fact]
    public async Task The_health_command_reports_in_one_line_why_the_server_is_not_ready()
    {
        await using var installation = await new Topology().InstallAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Assert.Contains("does not answer", await EndsAsync(1, installation), StringComparison.Ordinal);
        Assert.Contains(
            "within 3 s",
            await EndsAsync(1, installation, ("Operators__Urls", $"http://{silent.LocalEndpoint}")),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Operators:Urls",
            await EndsAsync(1, installation, ("Operators__Urls", "https://localhost:5081")),
            StringComparison.Ordinal
        );
    }

    private static async Task<string> EndsAsync(int code, Installation installation, params (string Name, string Value)[] settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var verb = installation.LaunchVerb("health", settings);
            var ended = await verb.ExitAsync();
            // It times out after three seconds, which may be too short for it to start on a machine that runs every test at once.
            if (ended != code && code == 0 && attempt < 5)
                continue;
            Assert.True(ended == code, verb.Log);
            var lines = verb.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(lines.Length == code, verb.Log);
            return verb.Errors;
        }
    }
}
