using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Load;
using Kumiko.Bench.Load.Servers;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>Measures how a flood of sign-ins, each with an expensive password hash, affects reads in the same process.</summary>
internal static class SignInFlood
{
    private const int FloodConnections = 32;

    // Roughly the load of a busy site, and far below what two processors can do: it shows stalls of the server without queueing by itself.
    private const double ReadsPerSecond = 1_000;

    public static void Run(LoadOptions options, string provider)
    {
        var assemblies = Assemblies.Find(options.Host);
        using var database = BenchDatabase.Create(provider, options.MySql, "flood");
        assemblies.Migrate(database);
        database.Fill(options.Rows);
        using var host = assemblies.StartHost(database);

        var posts = Enumerable.Range(1, options.Rows).Select(id => HttpConnection.Get($"/api/crud/posts/{id}")).ToArray();
        // Unknown addresses: the limit of sign-ins per account doesn't apply, and each costs as much as a wrong password.
        var signIns = Enumerable
            .Range(0, 100_000)
            .Select(i => HttpConnection.Post("/api/auth/login", $$"""{"email":"nobody-{{i}}@example.com","password":"a guess in vain"}"""))
            .ToArray();

        Compare(
            $"{ReadsPerSecond} reads a second beside {FloodConnections} connections that sign in",
            duration => LoadGenerator.RunAtRate(host, posts, options.Connections, duration, ReadsPerSecond, 200)
        );
        Compare(
            $"reads as fast as possible beside {FloodConnections} connections that sign in",
            duration => LoadGenerator.Run(host, posts, options.Connections, duration, 200)
        );

        void Compare(string row, Func<TimeSpan, LoadResult> reads)
        {
            var signedIn = new List<double>();
            Pairs.Run(
                new Row("signin-flood", row, provider),
                options,
                "flooded",
                duration =>
                {
                    LoadResult? flood = null;
                    var lasting = duration + TimeSpan.FromSeconds(1);
                    var flooding = new Thread(() => flood = LoadGenerator.Run(host, signIns, FloodConnections, lasting, 401, 429, 503));
                    flooding.Start();
                    Thread.Sleep(500);
                    var result = reads(duration);
                    flooding.Join();
                    signedIn.Add(flood!.Rate);
                    return result;
                },
                "alone",
                duration =>
                {
                    // Let the requests that are still in the lane finish.
                    Thread.Sleep(1_000);
                    return reads(duration);
                }
            );
            Console.WriteLine($"Meanwhile, sign-ins answered per second: {Ratios.Of(signedIn)}");
        }
    }
}
