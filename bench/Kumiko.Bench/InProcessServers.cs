using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Load;
using Kumiko.Bench.Raw;

namespace Kumiko.Bench;

/// <summary>The Host, started by its own <c>Main</c>, and the raw server, both in this process and on the same database.</summary>
internal sealed class InProcessServers : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly BenchDatabase _database;
    private readonly RawDatabase _raw;

    public InProcessServers(string provider, int rows)
    {
        _database = BenchDatabase.Create(provider, Environment.GetEnvironmentVariable("KUMIKO_BENCH_MYSQL"), "slices");
        HostPort = StartHost();
        _database.Fill(rows);
        _raw = new RawDatabase(_database.RawSettings["Provider"], _database.RawSettings["ConnectionString"]);
        RawPort = StartRaw();
    }

    public int HostPort { get; }

    public int RawPort { get; }

    // The Host ends with the process, since its Main returns no handle to it.
    public void Dispose()
    {
        _raw.Dispose();
        try
        {
            _database.Dispose();
        }
        catch (IOException)
        {
            // Windows doesn't delete files that the Host still has open.
        }
    }

    private int StartHost()
    {
        var port = FreePort();
        foreach (var (key, value) in _database.HostSettings)
            Environment.SetEnvironmentVariable(key, value);
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", $"http://127.0.0.1:{port}");
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Production");

        var main = Assembly.Load("Kumiko.Host").EntryPoint!;
        var host = Task.Factory.StartNew(() => main.Invoke(null, [Array.Empty<string>()]), TaskCreationOptions.LongRunning);
        var waited = DateTime.UtcNow + StartTimeout;
        while (!Answers(port))
        {
            if (host.IsCompleted || DateTime.UtcNow > waited)
                throw new InvalidOperationException("The Host did not start.", host.Exception);
            Thread.Sleep(20);
        }

        return port;
    }

    private int StartRaw()
    {
        var port = FreePort();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.MapRawPosts(_raw);
        app.Start();
        return port;
    }

    private static bool Answers(int port)
    {
        try
        {
            using var connection = new HttpConnection(port);
            return connection.Ask(HttpConnection.Get("/api/crud/posts"), 200) == 200;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
