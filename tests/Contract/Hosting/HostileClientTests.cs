using System.Globalization;
using System.Net;
using Kumiko.TestHosts.Neighbours;

namespace Kumiko.Contract.Hosting;

/// <summary>
/// One hostile client of each kind against owners at other addresses who sign in, read, write and listen. Runs after the rest of the suite,
/// whose load would be measured otherwise.
/// </summary>
[CollectionDefinition(nameof(HostileClientTests), DisableParallelization = true)]
[Collection(nameof(HostileClientTests))]
public class HostileClientTests(ITestOutputHelper output)
{
    private const int Rounds = 15;

    // Enough that none of them exceeds the limit of posts per minute.
    private const int People = 6;

    // The attackers share the processors with the server and with everything else that runs. So the worst of a few rounds is printed, and
    // the median is compared with a bound that only a starved owner exceeds; the scenario 'neighbours' of bench/ measures. Each round
    // asserts that every request of the owner succeeds.
    private const double MaxTimes = 10;
    private static readonly TimeSpan Floor = TimeSpan.FromSeconds(2);

    private static readonly IPAddress Hostile = IPAddress.Parse("127.0.0.66");

    // What shows that an attack reaches what it attacks, and is refused.
    private static readonly Dictionary<string, int[]> Expected = new()
    {
        ["sign-ins"] = [401, 429],
        ["searches"] = [200, 429],
        ["writes"] = [201, 429],
        ["streams"] = [200, 429],
        ["slow bodies"] = [0],
        ["refreshes"] = [401, 429],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_hostile_client_does_not_slow_down_others()
    {
        await using var installation = await new Topology().InstallAsync();
        await using (var filled = await installation.StartAsync())
            await Board.FillAsync(filled.Address, 200);
        await using var host = await installation.StartAsync(("RateLimits__Enabled", "true"));
        var hostile = new HostileClient(host.Address, Hostile);
        using var owners = await Owners.JoinAsync(host.Address, People);
        await LiveAsync(5);

        var failures = new List<string>();
        foreach (var kind in HostileClient.Kinds)
        {
            var quiet = await LiveAsync(Rounds);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var attack = hostile.AttackAsync(kind, stop.Token);
            await Task.WhenAny(hostile.Begun, attack);
            await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
            var attacked = await LiveAsync(Rounds);
            await stop.CancelAsync();
            var answers = await attack;
            output.WriteLine($"{kind}: the attacker got {string.Join(", ", answers.Select(got => $"{got.Value} x {got.Key}"))}");
            Assert.True(answers.Values.Sum() >= HostileClient.Connections, "Not every connection attacked.");
            Assert.All(Expected[kind], status => Assert.Contains(status, answers.Keys));
            foreach (var (before, during) in quiet.ByRequest.Zip(attacked.ByRequest))
            {
                var (usual, usualDuring) = (Percentile(before, 0.5), Percentile(during, 0.5));
                var (worst, worstDuring) = (Percentile(before, 0.99), Percentile(during, 0.99));
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {before.Request, -8} p50 {usual, 6:F0} -> {usualDuring, 6:F0} ms, p99 {worst, 6:F0} -> {worstDuring, 6:F0} ms, "
                            + $"{worstDuring / worst:F1} times"
                    )
                );
                if (usualDuring > Math.Max(MaxTimes * usual, Floor.TotalMilliseconds))
                    failures.Add($"{kind}: {before.Request} took {usualDuring:F0} ms, and {usual:F0} ms in quiet");
            }
        }

        Assert.Empty(failures);
        HostLog.HoldsNoUnhandledError(host.Log);

        Task<OwnerTimes> LiveAsync(int rounds) => owners.LiveAsync(round => round < rounds);
    }

    private static double Percentile((string Request, List<double> Milliseconds) times, double share) =>
        OwnerTimes.Percentile(times.Milliseconds, share);
}
