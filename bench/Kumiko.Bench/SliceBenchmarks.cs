using BenchmarkDotNet.Attributes;
using Kumiko.Bench.Load.Load;
using Kumiko.TestHosts.Client;

namespace Kumiko.Bench;

/// <summary>
/// Compares a whole request (socket, endpoint, mediator, validation, Dapper, SQL and back) with raw ADO.NET in a bare endpoint: same
/// process, same database, same rows, same JSON. Uses Kestrel and a loopback socket rather than TestServer, whose pipes and buffers no
/// client ever uses. The client side doesn't allocate, so all measured allocations are the servers'.
/// </summary>
public class SliceBenchmarks : IDisposable
{
    private const int Rows = 10_000;

    private readonly Random _random = new(1);
    private byte[][] _posts = [];
    private byte[] _list = [];
    private byte[] _create = [];
    private InProcessServers? _servers;
    private HttpConnection? _host;
    private HttpConnection? _raw;

    /// <summary>The databases. MySQL is included where <c>KUMIKO_BENCH_MYSQL</c> is set.</summary>
    public static IEnumerable<string> Providers =>
        Environment.GetEnvironmentVariable("KUMIKO_BENCH_MYSQL") is null ? ["sqlite"] : ["sqlite", "mysql"];

    /// <summary>The database that both servers read.</summary>
    [ParamsSource(nameof(Providers))]
    public string Provider { get; set; } = "sqlite";

    /// <summary>Starts the servers on a filled database.</summary>
    [GlobalSetup]
    public void Start()
    {
        _posts = [.. Enumerable.Range(1, Rows).Select(id => HttpConnection.Get($"/api/crud/posts/{id}"))];
        _list = HttpConnection.Get("/api/crud/posts");
        _servers = new InProcessServers(Provider, Rows);
        using var anyone = new Caller(new Uri($"http://127.0.0.1:{_servers.HostPort}"));
        var author = Person.JoinAsync(anyone, "author").GetAwaiter().GetResult();
        _create = HttpConnection.Post("/api/crud/posts", """{"content":"釘を使わずに組み合わせる: no nails"}""", author.AccessToken);
        _host = new HttpConnection(_servers.HostPort);
        _raw = new HttpConnection(_servers.RawPort);
    }

    /// <summary>Stops the servers and deletes the database.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _host?.Dispose();
        _raw?.Dispose();
        _servers?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One post, raw.</summary>
    [Benchmark(Baseline = true, Description = "raw: one post"), BenchmarkCategory("one post")]
    public int RawPost() => _raw!.Ask(_posts[_random.Next(Rows)], 200);

    /// <summary>One post through the slice.</summary>
    [Benchmark(Description = "Host: one post"), BenchmarkCategory("one post")]
    public int HostPost() => _host!.Ask(_posts[_random.Next(Rows)], 200);

    /// <summary>A page of 20, raw.</summary>
    [Benchmark(Baseline = true, Description = "raw: list of 20"), BenchmarkCategory("list of 20")]
    public int RawList() => _raw!.Ask(_list, 200);

    /// <summary>A page of 20 through the slice.</summary>
    [Benchmark(Description = "Host: list of 20"), BenchmarkCategory("list of 20")]
    public int HostList() => _host!.Ask(_list, 200);

    /// <summary>A new post, raw.</summary>
    [Benchmark(Baseline = true, Description = "raw: create"), BenchmarkCategory("create")]
    public int RawCreate() => _raw!.Ask(_create, 201);

    /// <summary>A new post through the slice, which the change log and the text index then receive.</summary>
    [Benchmark(Description = "Host: create"), BenchmarkCategory("create")]
    public int HostCreate() => _host!.Ask(_create, 201);
}
