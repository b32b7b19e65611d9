using System.Net;
using System.Net.Sockets;

namespace Kumiko.TestHosts.Neighbours;

/// <summary>A client at one address that takes what it can get over many connections.</summary>
/// <param name="address">The address of the system.</param>
/// <param name="from">The client's address, such as 127.0.0.66.</param>
public sealed class HostileClient(Uri address, IPAddress from)
{
    /// <summary>How many connections it opens.</summary>
    public const int Connections = 300;

    // How soon an impatient client retries after it was told to retry later.
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(300);

    private TaskCompletionSource _begun = new();

    /// <summary>The kinds of attack.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["sign-ins", "searches", "writes", "streams", "slow bodies", "refreshes"];

    /// <summary>Completes once the attack runs: some kinds first need an account.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Attacks until it is stopped.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="stop">Ends the attack.</param>
    /// <returns>How often the client got which status; 0 is a connection that was refused or closed.</returns>
    public async Task<IReadOnlyDictionary<int, int>> AttackAsync(string kind, CancellationToken stop)
    {
        _begun = new TaskCompletionSource();
        using var caller = new Caller(address, from);
        return kind switch
        {
            "sign-ins" => await SignInsAsync(caller, stop),
            "searches" => await SearchesAsync(caller, stop),
            "writes" => await WritesAsync(caller, stop),
            "streams" => await StreamsAsync(caller, stop),
            "slow bodies" => await SlowBodiesAsync(stop),
            "refreshes" => await RefreshesAsync(caller, stop),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of attack."),
        };
    }

    // Nobody's accounts, so that only the limits of the address apply.
    private Task<IReadOnlyDictionary<int, int>> SignInsAsync(Caller caller, CancellationToken stop) =>
        FloodAsync(
            async n =>
                (
                    await caller.PostAsync("/api/auth/login", new { email = $"nobody-{n}@example.test", password = "not the password" })
                ).Status,
            stop
        );

    private Task<IReadOnlyDictionary<int, int>> SearchesAsync(Caller caller, CancellationToken stop) =>
        FloodAsync(
            async n => (await caller.GetAsync($"/api/crud/posts?q=w01ord+w02ord+w03ord+w04ord+w05ord+w06ord+w07ord+absent{n}")).Status,
            stop
        );

    private async Task<IReadOnlyDictionary<int, int>> WritesAsync(Caller caller, CancellationToken stop)
    {
        var writer = await Person.JoinAsync(caller, "hostile");
        var text = new string('x', 9_000);
        return await FloodAsync(async n => (await writer.PostAsync("/api/crud/posts", new { content = $"{n} {text}" })).Status, stop);
    }

    private async Task<IReadOnlyDictionary<int, int>> RefreshesAsync(Caller caller, CancellationToken stop)
    {
        var thief = await Person.JoinAsync(caller, "hostile");
        var first = thief.RefreshToken;
        return await FloodAsync(
            async n => (await caller.PostAsync("/api/auth/refresh", new { refresh_token = n % 2 == 0 ? first : $"made up {n}" })).Status,
            stop
        );
    }

    private async Task<IReadOnlyDictionary<int, int>> StreamsAsync(Caller caller, CancellationToken stop)
    {
        var open = new List<HttpResponseMessage>();
        var answers = await FloodAsync(
            async _ =>
            {
                // The whole log, repeatedly, by clients that do not read it.
                var answer = await caller.OpenAsync(Listener.Path, ("Last-Event-ID", "0"));
                if (answer.IsSuccessStatusCode)
                {
                    lock (open)
                        open.Add(answer);
                }
                else
                {
                    answer.Dispose();
                }

                return (int)answer.StatusCode;
            },
            stop
        );
        open.ForEach(answer => answer.Dispose());
        return answers;
    }

    private async Task<IReadOnlyDictionary<int, int>> SlowBodiesAsync(CancellationToken stop)
    {
        var ended = 0;
        _begun.TrySetResult();
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async _ =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        using var connection = await RawConnection.OpenAsync(address, from);
                        await connection.SendAsync(
                            "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + "60000\r\n\r\n"
                        );
                        await connection.TrickleAsync(10, TimeSpan.FromMilliseconds(500), stop);
                        Interlocked.Increment(ref ended);
                    }
                })
        );
        return new Dictionary<int, int> { [0] = ended };
    }

    // Each connection sends one request after another; a client that is refused waits a moment.
    private async Task<IReadOnlyDictionary<int, int>> FloodAsync(Func<int, Task<int>> ask, CancellationToken stop)
    {
        var answers = new SortedDictionary<int, int>();
        _begun.TrySetResult();
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async connection =>
                {
                    for (var n = connection; !stop.IsCancellationRequested; n += Connections)
                    {
                        var status = 0;
                        try
                        {
                            status = await ask(n);
                        }
                        catch (Exception e) when (e is HttpRequestException or SocketException)
                        {
                            // The connection was refused, or closed before the client had looked at it.
                        }

                        lock (answers)
                            answers[status] = answers.GetValueOrDefault(status) + 1;
                        if (status is 0 or 429 or 503)
                            await Task.Delay(Impatience, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    }
                })
        );
        return answers;
    }
}
