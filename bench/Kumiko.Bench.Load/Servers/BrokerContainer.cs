using System.Diagnostics;
using System.Net.Sockets;

namespace Kumiko.Bench.Load.Servers;

/// <summary>A NATS server in a container, which stores events as durably as that of <c>compose.yaml</c>.</summary>
internal sealed class BrokerContainer : IDisposable
{
    private const string Image = "nats:2.15-alpine";
    private const string Configuration = "jetstream { store_dir: /data, sync_interval: always }";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly string _name = $"kumiko-bench-{Guid.NewGuid():N}";
    private readonly int _port = ServerProcess.FreePort();

    private BrokerContainer() { }

    /// <summary>The address.</summary>
    public string Url => $"nats://127.0.0.1:{_port}";

    /// <summary>Starts a server without events, and waits until it answers.</summary>
    public static BrokerContainer Start()
    {
        var broker = new BrokerContainer();
        var serve = $"printf '{Configuration}' > /tmp/nats.conf; exec nats-server --config /tmp/nats.conf";
        Docker(
            "run",
            "--detach",
            "--name",
            broker._name,
            "--publish",
            $"127.0.0.1:{broker._port}:4222",
            "--entrypoint",
            "sh",
            Image,
            "-c",
            serve
        );
        var begun = Stopwatch.GetTimestamp();
        while (!broker.Answers())
        {
            if (Stopwatch.GetElapsedTime(begun) > StartTimeout)
            {
                broker.Dispose();
                throw new InvalidOperationException("The broker does not answer.");
            }

            // Nothing reports that the server in the container listens.
            Thread.Sleep(50);
        }

        return broker;
    }

    /// <inheritdoc />
    public void Dispose() => Docker("rm", "--force", "--volumes", _name);

    private static void Docker(params string[] arguments)
    {
        using var docker = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true })!;
        docker.StandardOutput.ReadToEnd();
        docker.WaitForExit();
        if (docker.ExitCode != 0)
            throw new InvalidOperationException($"docker {arguments[0]} ended with {docker.ExitCode}.");
    }

    // The server speaks first. Docker accepts connections before it is there, and closes them.
    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", _port);
            return client.GetStream().ReadByte() == 'I';
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
