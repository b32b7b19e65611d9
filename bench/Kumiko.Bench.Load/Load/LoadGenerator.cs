using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Kumiko.Bench.Load.Servers;

namespace Kumiko.Bench.Load.Load;

/// <summary>
/// Sends requests over a number of connections, each with a thread that writes, waits and reads: on a loopback that costs
/// the fewest instructions a request, which matters since the generator runs on the same processors as the server.
/// </summary>
internal static class LoadGenerator
{
    private const int ThreadStack = 256 * 1024;

    /// <summary>Sends one request after another on each connection, drawn at random, as fast as the answers come.</summary>
    /// <param name="server">Who is asked.</param>
    /// <param name="requests">What is asked, see <see cref="Get"/>.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="expected">The status codes that may come.</param>
    /// <exception cref="InvalidDataException">Another status came: the figures would mean nothing.</exception>
    public static LoadResult Run(ServerProcess server, byte[][] requests, int connections, TimeSpan duration, params int[] expected) =>
        Run(server, requests, connections, duration, null, expected);

    /// <summary>
    /// As <see cref="Run(ServerProcess, byte[][], int, TimeSpan, int[])"/>, but at a steady rate for all connections together. A request's time counts from the moment
    /// it was due, so that a stall is not hidden by the requests that it held up.
    /// </summary>
    public static LoadResult RunAtRate(ServerProcess server, byte[][] requests, int connections, TimeSpan duration, double perSecond, params int[] expected) =>
        Run(server, requests, connections, duration, TimeSpan.FromSeconds(connections / perSecond), expected);

    /// <summary>The bytes of a GET.</summary>
    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    /// <summary>The bytes of a POST.</summary>
    public static byte[] Post(string path, string json) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    private static LoadResult Run(ServerProcess server, byte[][] requests, int connections, TimeSpan duration, TimeSpan? every, int[] expected)
    {
        var workers = Enumerable.Range(0, connections).Select(i => new Worker(server.Port, requests, every, i, connections, expected)).ToList();
        try
        {
            var serverBefore = server.ProcessorTime;
            var generatorBefore = Environment.CpuUsage.TotalTime;
            var begin = Stopwatch.GetTimestamp();
            var end = begin + (long)(duration.TotalSeconds * Stopwatch.Frequency);
            var threads = workers.Select(worker => new Thread(() => worker.Run(begin, end), ThreadStack) { IsBackground = true }).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            var elapsed = Stopwatch.GetElapsedTime(begin);
            var serverUsed = server.ProcessorTime - serverBefore;
            var generatorUsed = Environment.CpuUsage.TotalTime - generatorBefore;

            if (workers.Select(worker => worker.Failure).FirstOrDefault(failure => failure is not null) is { } failure)
                throw new InvalidDataException(failure);

            var times = workers.SelectMany(worker => worker.Ticks).Select(ticks => ticks * 1_000.0 / Stopwatch.Frequency).ToArray();
            Array.Sort(times);
            return new LoadResult(times, elapsed, serverUsed, generatorUsed);
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private sealed class Worker : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000 };
        private readonly byte[][] _requests;
        private readonly long? _every;
        private readonly double _phase;
        private readonly int[] _expected;
        private readonly Random _random;
        private byte[] _buffer = new byte[64 * 1024];

        public Worker(int port, byte[][] requests, TimeSpan? every, int index, int connections, int[] expected)
        {
            _requests = requests;
            _every = every is { } interval ? (long)(interval.TotalSeconds * Stopwatch.Frequency) : null;
            _phase = (double)index / connections;
            _expected = expected;
            // The same draw in every round: both sides of a pair get the same questions.
            _random = new Random(index);
            _socket.Connect("127.0.0.1", port);
        }

        public List<long> Ticks { get; } = new(200_000);

        public string? Failure { get; private set; }

        public void Run(long begin, long end)
        {
            try
            {
                if (_every is { } every)
                    RunSteadily(begin, end, every);
                else
                    RunFlatOut(end);
            }
            catch (Exception e) when (e is SocketException or InvalidDataException)
            {
                Failure = e.Message;
            }
        }

        public void Dispose() => _socket.Dispose();

        private void RunFlatOut(long end)
        {
            for (var now = Stopwatch.GetTimestamp(); now < end;)
            {
                Ask();
                var answered = Stopwatch.GetTimestamp();
                Ticks.Add(answered - now);
                now = answered;
            }
        }

        private void RunSteadily(long begin, long end, long every)
        {
            for (var due = begin + (long)(_phase * every); due < end; due += every)
            {
                var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (wait > TimeSpan.Zero)
                    Thread.Sleep(wait);
                // A sleep ends a little late by itself; only lateness that the server caused counts.
                var counted = wait > TimeSpan.Zero ? Stopwatch.GetTimestamp() : due;
                Ask();
                Ticks.Add(Stopwatch.GetTimestamp() - counted);
            }
        }

        private void Ask()
        {
            var request = _requests[_random.Next(_requests.Length)];
            for (var sent = 0; sent < request.Length;)
                sent += _socket.Send(request.AsSpan(sent));

            var received = 0;
            int status;
            do
            {
                if (received == _buffer.Length)
                    Array.Resize(ref _buffer, _buffer.Length * 2);
                var count = _socket.Receive(_buffer.AsSpan(received));
                if (count == 0)
                    throw new InvalidDataException("The server closed the connection.");
                received += count;
            }
            while (!Response.TryRead(_buffer.AsSpan(0, received), out status));

            if (!_expected.Contains(status))
                throw new InvalidDataException($"Unexpected answer: {Encoding.UTF8.GetString(_buffer.AsSpan(0, Math.Min(received, 1_000)))}");
        }
    }
}
