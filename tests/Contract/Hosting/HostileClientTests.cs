using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Cookie = Kumiko.TestHosts.Client.Cookie;

namespace Kumiko.Contract.Hosting;

/// <summary>
/// One hostile client of each kind against an owner at another address who signs in, reads, writes and listens. Runs after the rest of the
/// suite, whose load would be measured otherwise.
/// </summary>
[CollectionDefinition(nameof(HostileClientTests), DisableParallelization = true)]
[Collection(nameof(HostileClientTests))]
public class HostileClientTests(ITestOutputHelper output)
{
    private const int Rounds = 15;

    // The attackers share the processors with the server and with everything else that runs. So the worst of a few rounds is printed, and
    // the median is compared with a bound that only a starved owner exceeds. Each round asserts that every request of the owner succeeds.
    private const double MaxTimes = 10;
    private static readonly TimeSpan Floor = TimeSpan.FromSeconds(2);

    private static readonly IPAddress Hostile = IPAddress.Parse("127.0.0.66");
    private static readonly IPAddress Home = IPAddress.Parse("127.0.0.20");

    // How soon an impatient client retries after it was told to retry later.
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_hostile_client_does_not_slow_down_others()
    {
        await using var installation = await new Topology().InstallAsync();
        await using (var filled = await installation.StartAsync())
            await FillAsync(filled.Address);
        await using var host = await installation.StartAsync(("RateLimits__Enabled", "true"));
        var address = host.Address;
        (string Kind, Func<CancellationToken, Task<Dictionary<string, int>>> Attack)[] attacks =
        [
            ("sign-ins", stop => SignInsAsync(address, stop)),
            ("searches", stop => SearchesAsync(address, stop)),
            ("writes", stop => WritesAsync(address, stop)),
            ("streams", stop => StreamsAsync(address, stop)),
            ("slow bodies", stop => SlowBodiesAsync(address, stop)),
            ("refreshes", stop => RefreshesAsync(address, stop)),
        ];
        using (var warm = new Owner(address))
            await warm.LiveAsync(5);

        var failures = new List<string>();
        foreach (var (kind, attack) in attacks)
        {
            using var owner = new Owner(address);
            await owner.LiveAsync(1);
            var quiet = await owner.LiveAsync(Rounds);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var running = attack(stop.Token);
            await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
            var attacked = await owner.LiveAsync(Rounds);
            await stop.CancelAsync();
            var got = (await running).OrderBy(answer => answer.Key, StringComparer.Ordinal);
            output.WriteLine($"{kind}: the attacker got {string.Join(", ", got.Select(answer => $"{answer.Value} x {answer.Key}"))}");
            foreach (var what in quiet.Keys)
            {
                var (before, during) = (quiet[what].Max(), attacked[what].Max());
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {what, -8} p50 {Median(quiet[what]), 6:F0} -> {Median(attacked[what]), 6:F0} ms, p99 {before, 6:F0} -> "
                            + $"{during, 6:F0} ms, {during / before:F1} times"
                    )
                );
                var (usual, usualDuring) = (Median(quiet[what]), Median(attacked[what]));
                if (usualDuring > Math.Max(MaxTimes * usual, Floor.TotalMilliseconds))
                    failures.Add($"{kind}: {what} took {usualDuring:F0} ms, and {usual:F0} ms in quiet");
            }
        }

        Assert.Empty(failures);
        HostLog.HoldsNoUnhandledError(host.Log);
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task FillAsync(Uri address)
    {
        using var caller = new Caller(address);
        var author = await Person.JoinAsync(caller, "author");
        var text = string.Join(' ', Enumerable.Range(0, 600).Select(n => $"w{n % 97:x2}ord"));
        await Parallel.ForAsync(
            0,
            200,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation },
            async (n, _) => await author.WriteAsync($"{n} {text}")
        );
    }

    // Each connection sends requests repeatedly; a client that is refused waits a moment.
    private static async Task<Dictionary<string, int>> FloodAsync(
        Uri address,
        int connections,
        Func<Caller, int, Task<int>> ask,
        CancellationToken stop
    )
    {
        using var caller = new Caller(address, Hostile);
        var answers = new Dictionary<string, int>();
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(async connection =>
                {
                    for (var n = connection; !stop.IsCancellationRequested; n += connections)
                    {
                        var status = 0;
                        try
                        {
                            status = await ask(caller, n);
                        }
                        catch (Exception e) when (e is HttpRequestException or SocketException)
                        {
                            // The connection was refused, or closed before the client had looked at it.
                        }

                        lock (answers)
                            answers[$"{status}"] = answers.GetValueOrDefault($"{status}") + 1;
                        if (status is 0 or 429 or 503)
                            await Task.Delay(Impatience, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    }
                })
        );
        return answers;
    }

    private static Task<Dictionary<string, int>> SignInsAsync(Uri address, CancellationToken stop) =>
        FloodAsync(
            address,
            300,
            async (caller, n) =>
                (
                    await caller.PostAsync("/api/auth/login", new { email = $"nobody-{n}@example.test", password = "not the password" })
                ).Status,
            stop
        );

    private static Task<Dictionary<string, int>> SearchesAsync(Uri address, CancellationToken stop) =>
        FloodAsync(
            address,
            45,
            async (caller, n) =>
                (await caller.GetAsync($"/api/crud/posts?q=w01ord+w02ord+w03ord+w04ord+w05ord+w06ord+w07ord+absent{n}")).Status,
            stop
        );

    private static async Task<Dictionary<string, int>> WritesAsync(Uri address, CancellationToken stop)
    {
        using var caller = new Caller(address, Hostile);
        var writer = await Person.JoinAsync(caller, "hostile");
        var text = new string('x', 9_000);
        return await FloodAsync(
            address,
            40,
            async (other, n) => (await other.With(writer.AccessToken).PostAsync("/api/crud/posts", new { content = $"{n} {text}" })).Status,
            stop
        );
    }

    private static async Task<Dictionary<string, int>> RefreshesAsync(Uri address, CancellationToken stop)
    {
        using var caller = new Caller(address, Hostile);
        var thief = await Person.JoinAsync(caller, "hostile");
        var first = thief.RefreshToken;
        return await FloodAsync(
            address,
            40,
            async (other, n) =>
                (await other.PostAsync("/api/auth/refresh", new { refresh_token = n % 2 == 0 ? first : $"made up {n}" })).Status,
            stop
        );
    }

    private static async Task<Dictionary<string, int>> StreamsAsync(Uri address, CancellationToken stop)
    {
        var open = new List<HttpResponseMessage>();
        var answers = await FloodAsync(
            address,
            60,
            async (caller, _) =>
            {
                // The whole log, over and over.
                var answer = await caller.OpenAsync(Listener.Path, ("Last-Event-ID", "0"));
                lock (open)
                    open.Add(answer);
                return (int)answer.StatusCode;
            },
            stop
        );
        open.ForEach(answer => answer.Dispose());
        return answers;
    }

    private static async Task<Dictionary<string, int>> SlowBodiesAsync(Uri address, CancellationToken stop)
    {
        var ended = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 300)
                .Select(async _ =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        using var connection = await RawConnection.OpenAsync(address, Hostile);
                        await connection.SendAsync(
                            "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + "60000\r\n\r\n"
                        );
                        await connection.TrickleAsync(10, TimeSpan.FromMilliseconds(500), stop);
                        Interlocked.Increment(ref ended);
                    }
                })
        );
        return new Dictionary<string, int> { ["connection"] = ended };
    }

    // A person with an account, in a browser that has signed in before.
    private sealed class Owner(Uri address) : IDisposable
    {
        private readonly Caller _caller = new(address, Home);
        private Person? _person;
        private Cookie? _device;

        public async Task<Dictionary<string, List<double>>> LiveAsync(int rounds)
        {
            _person ??= await Person.JoinAsync(_caller, "owner");
            using var listener = await Listener.OpenAsync(_caller);
            var times = new Dictionary<string, List<double>>
            {
                ["sign-in"] = [],
                ["read"] = [],
                ["write"] = [],
                ["listen"] = [],
            };
            for (var n = 0; n < rounds; n++)
            {
                var signedIn = await TimeAsync(
                    times["sign-in"],
                    () =>
                        _caller.PostAsync(
                            "/api/auth/login",
                            new { email = _person.Email, password = _person.Password },
                            _device is null ? [] : [_device.Header]
                        )
                );
                _device = Cookie.Of(signedIn.Is(200), "device");
                var signed = _caller.With(signedIn["access_token"].GetString());
                (await TimeAsync(times["read"], () => signed.GetAsync("/api/crud/posts?limit=20"))).Is(200);
                var since = Stopwatch.GetTimestamp();
                var written = (
                    await TimeAsync(times["write"], () => signed.PostAsync("/api/crud/posts", new { content = $"round {n}" }))
                ).Is(201);
                await listener.ReadUntilAsync("post.created", written.Id);
                times["listen"].Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }

            return times;
        }

        public void Dispose() => _caller.Dispose();

        private static async Task<Answer> TimeAsync(List<double> times, Func<Task<Answer>> ask)
        {
            var since = Stopwatch.GetTimestamp();
            var answer = await ask();
            times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            return answer;
        }
    }
}
