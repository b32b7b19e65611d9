using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace Kumiko.TestServers;

/// <summary>A NATS server with JetStream in a container, on a port that stays the same over restarts.</summary>
public sealed class NatsServer : ServerContainer
{
    private const string Image = "nats:2.15-alpine";

    // More than the installations of one run: each has its own account, and so its own stream.
    private const int Accounts = 100;
    private const string Password = "apart";

    private static readonly Lazy<Task<NatsServer>> OfThisRun = new(async () =>
    {
        var server = await StartAsync();
        Servers.StopAtEnd(server);
        return server;
    });

    private readonly int _port;
    private int _accountsGiven;

    private NatsServer(IContainer container, int port)
        : base(container) => _port = port;

    /// <summary>Looks for the server that all tests of this run share. Returns in one line why there is none, or null.</summary>
    public static async Task<string?> LookAsync()
    {
        try
        {
            await OfThisRun.Value;
            return null;
        }
        catch (Exception e)
        {
            return $"No NATS server: start a Docker engine ({Servers.FirstLine(e)}).";
        }
    }

    /// <summary>The settings for an unused account on the server that all tests of this run share.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> NewAccountAsync() => (await OfThisRun.Value).NewAccount();

    /// <summary>Starts a separate server.</summary>
    public static async Task<NatsServer> StartAsync()
    {
        var port = Ports.Free();
        var accounts = Enumerable
            .Range(1, Accounts)
            .Select(n => $"  k{n} {{ jetstream: enabled, users: [ {{ user: k{n}, password: {Password} }} ] }}");
        var configuration = $"jetstream {{ store_dir: /data }}\naccounts {{\n{string.Join('\n', accounts)}\n}}\n";
        var container = new ContainerBuilder(Image)
            .WithPortBinding(port, 4222)
            .WithResourceMapping(Encoding.UTF8.GetBytes(configuration), "/etc/nats/kumiko.conf")
            .WithCommand("--config", "/etc/nats/kumiko.conf")
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("Server is ready"))
            .Build();
        await container.StartAsync();
        return new NatsServer(container, port);
    }

    /// <summary>The settings for an unused account.</summary>
    public IReadOnlyDictionary<string, string> NewAccount()
    {
        var number = Interlocked.Increment(ref _accountsGiven);
        Assert.True(number <= Accounts, $"The NATS server of the tests has {Accounts} accounts, and all are in use.");
        return new Dictionary<string, string>
        {
            ["Nats__Url"] = $"nats://127.0.0.1:{_port}",
            ["Nats__User"] = $"k{number}",
            ["Nats__Password"] = Password,
        };
    }
}
