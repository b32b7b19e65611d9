using System.Diagnostics;
using System.Reflection;
using Kumiko.Bench.Load.Data;

namespace Kumiko.Bench.Load.Servers;

/// <summary>Starts the two servers under comparison.</summary>
/// <param name="host">The Host's assembly.</param>
/// <param name="raw">The raw server's assembly.</param>
internal sealed class Assemblies(string host, string raw)
{
    private const string OnePost = "/api/crud/posts?limit=1";

    /// <summary>The assemblies that were built together with this program, or another Host, such as a published one.</summary>
    public static Assemblies Find(FileInfo? host) => new(host?.FullName ?? Metadata("HostAssembly"), Metadata("RawAssembly"));

    /// <summary>Runs the Host's migrations.</summary>
    public void Migrate(BenchDatabase database)
    {
        var start = new ProcessStartInfo("dotnet", [host, "migrate"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(host),
        };
        foreach (var (key, value) in database.HostSettings)
            start.Environment[key] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The migrations ended with {process.ExitCode}: {output}");
    }

    /// <summary>Starts the Host.</summary>
    public ServerProcess StartHost(
        BenchDatabase database,
        string name = "Host",
        bool limits = false,
        int streams = 1_000,
        IReadOnlyDictionary<string, string>? more = null
    )
    {
        var settings = new Dictionary<string, string>(database.HostSettings)
        {
            ["RateLimits__Enabled"] = limits ? "true" : "false",
            ["Limits__Streams"] = $"{streams}",
        };
        foreach (var (key, value) in more ?? new Dictionary<string, string>())
            settings[key] = value;
        return ServerProcess.Start(name, host, settings, OnePost);
    }

    /// <summary>Starts the Host with one module, which exchanges events with the other through a broker.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="database">The databases of all modules.</param>
    /// <param name="broker">The address of the broker.</param>
    /// <param name="identity">Where Identity answers; null for Identity itself.</param>
    public ServerProcess StartModule(string module, BenchDatabase database, string broker, Uri? identity = null) =>
        ServerProcess.Start(
            module,
            host,
            new Dictionary<string, string>(database.HostSettings)
            {
                ["Modules"] = module,
                ["Nats__Url"] = broker,
                ["Tokens__Issuer"] = "https://kumiko.test/api/auth",
                ["Tokens__KeySet"] = identity is null ? "" : $"{identity}api/auth/.well-known/jwks.json",
            },
            identity is null ? "/api/auth/.well-known/jwks.json" : OnePost
        );

    /// <summary>Starts the raw server.</summary>
    public ServerProcess StartRaw(BenchDatabase database) => ServerProcess.Start("raw", raw, database.RawSettings, OnePost);

    private static string Metadata(string key) =>
        typeof(Assemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
