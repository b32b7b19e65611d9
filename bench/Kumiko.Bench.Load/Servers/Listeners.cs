using System.Buffers.Text;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Kumiko.Bench.Load.Servers;

/// <summary>Many clients of the live stream, in a process of their own, that measure how old a new post is when it reaches them.</summary>
internal sealed class Listeners : IDisposable
{
    private const string Name = "listen";
    private const int MaxMilliseconds = 60_000;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(15);

    private readonly Process _process;

    private Listeners(Process process) => _process = process;

    /// <summary>The processor time used so far.</summary>
    public TimeSpan ProcessorTime => _process.ReadProcessorTime();

    /// <summary>The content of a post that is sent now: the time, which listeners compare with theirs.</summary>
    public static string Now() => Microseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The command with which this program runs as these clients.</summary>
    public static Command Command()
    {
        var port = new Argument<int>("port");
        var count = new Argument<int>("count");
        var command = new Command(Name) { port, count };
        command.Hidden = true;
        command.SetAction(result => ListenAsync(result.GetRequiredValue(port), result.GetRequiredValue(count)).GetAwaiter().GetResult());
        return command;
    }

    /// <summary>Starts the process and waits until all streams are open.</summary>
    public static Listeners Start(int port, int count)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Listeners).Assembly.Location, Name, $"{port}", $"{count}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var listeners = new Listeners(Process.Start(start)!);
        listeners.ReadLine();
        return listeners;
    }

    /// <summary>Waits until each client has received so many posts, for at most a quarter of a minute.</summary>
    public StreamTimes Finish(int posts)
    {
        _process.StandardInput.WriteLine(posts.ToString(CultureInfo.InvariantCulture));
        var figures = ReadLine().Split(' ').Select(figure => int.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
        return new StreamTimes(Missing: figures[0], P50: figures[1], P99: figures[2], Max: figures[3]);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process.Dispose();
    }

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The listeners ended.");

    private static long Microseconds() => DateTime.UtcNow.Ticks / TimeSpan.TicksPerMicrosecond;

    private static async Task ListenAsync(int port, int count)
    {
        var times = new int[MaxMilliseconds + 1];
        var clients = new List<Client>();
        for (var n = 0; n < count; n++)
            clients.Add(await Client.OpenAsync(port, times));
        foreach (var client in clients)
            _ = client.ReadAsync();
        Console.WriteLine("open");
        if (!int.TryParse(Console.ReadLine(), CultureInfo.InvariantCulture, out var posts))
            return;

        for (var begin = Stopwatch.GetTimestamp(); Missing() > 0 && Stopwatch.GetElapsedTime(begin) < MaxWait; )
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        var received = times.Sum(number => (long)number);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Missing()} {Percentile(times, received * 0.50)} {Percentile(times, received * 0.99)} {Percentile(times, received)}"
            )
        );

        long Missing() => clients.Sum(client => (long)Math.Max(0, posts - client.Received));
    }

    private static int Percentile(int[] times, double rank)
    {
        var at = 0;
        for (long passed = times[0]; passed < rank && at < MaxMilliseconds; passed += times[at])
            at++;
        return at;
    }

    private sealed class Client(Socket socket, int[] times)
    {
        private readonly byte[] _buffer = new byte[4_096];
        private int _length;

        private static ReadOnlySpan<byte> Content => "\"content\":\""u8;

        public int Received { get; private set; }

        public static async Task<Client> OpenAsync(int port, int[] times)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port);
            // A response to HTTP/1.0 has no chunks, whose lengths could stand in the middle of a post.
            await socket.SendAsync(
                Encoding.ASCII.GetBytes("GET /api/crud/posts/stream HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
            );
            var client = new Client(socket, times);
            await client.ReceiveAsync();
            return client._buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8)
                ? client
                : throw new InvalidDataException($"Unexpected answer: {Encoding.UTF8.GetString(client._buffer, 0, client._length)}");
        }

        public async Task ReadAsync()
        {
            try
            {
                do Count();
                while (await ReceiveAsync() > 0);
            }
            catch (SocketException)
            {
                // The server has ended the stream: what is missing shows it.
            }
        }

        private async Task<int> ReceiveAsync()
        {
            var count = await socket.ReceiveAsync(_buffer.AsMemory(_length));
            _length += count;
            return count;
        }

        private void Count()
        {
            var rest = _buffer.AsSpan(0, _length);
            var now = Microseconds();
            while (rest.IndexOf(Content) is var at and >= 0)
            {
                var digits = rest[(at + Content.Length)..];
                if (digits.IndexOf((byte)'"') < 0)
                {
                    Keep(rest[at..]);
                    return;
                }

                // Posts that only warm the server up have other texts.
                if (Utf8Parser.TryParse(digits, out long sent, out _))
                {
                    Received++;
                    Interlocked.Increment(ref times[Math.Clamp((now - sent) / 1_000, 0, MaxMilliseconds)]);
                }

                rest = digits;
            }

            Keep(rest[^Math.Min(rest.Length, Content.Length - 1)..]);
        }

        private void Keep(ReadOnlySpan<byte> unread)
        {
            unread.CopyTo(_buffer);
            _length = unread.Length;
        }
    }
}

/// <summary>How old posts were when they reached the clients, in milliseconds.</summary>
/// <param name="Missing">How many deliveries did not arrive in time.</param>
/// <param name="P50">The median.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Max">The greatest.</param>
internal sealed record StreamTimes(int Missing, int P50, int P99, int Max);
