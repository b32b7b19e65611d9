using System.Diagnostics;
using System.Net.Sockets;
using Kumiko.Bench.Load.Servers;

namespace Kumiko.Bench.Load.Load;

/// <summary>Sends requests over several connections, each with its own thread.</summary>
internal static class LoadGenerator
{
    private const int ThreadStack = 256 * 1024;

    /// <summary>Sends random requests on each connection, one after another, as fast as the server answers.</summary>
    /// <param name="server">The server to send to.</param>
    /// <param name="requests">The requests to choose from, see <see cref="HttpConnection.Get"/>.</param>
    /// <param name="connections">The number of connections.</param>
    /// <param name="duration">How long to send.</param>
    /// <param name="expected">The allowed status codes.</param>
    /// <exception cref="InvalidDataException">The server answered with another status, so the figures would be meaningless.</exception>
    public static LoadResult Run(ServerProcess server, byte[][] requests, int connections, TimeSpan duration, params int[] expected) =>
        Run(server, requests, connections, duration, null, expected);

    /// <summary>
    /// As <see cref="Run(ServerProcess, byte[][], int, TimeSpan, int[])"/>, but at a steady rate over all connections. The time of a
    /// request is measured from the moment at which it was due, so that a stall isn't hidden by the requests that it delayed.
    /// </summary>
    public static LoadResult RunAtRate(
        ServerProcess server,
        byte[][] requests,
        int connections,
        TimeSpan duration,
        double perSecond,
        params int[] expected
    ) => Run(server, requests, connections, duration, TimeSpan.FromSeconds(connections / perSecond), expected);

    private static LoadResult Run(
        ServerProcess server,
        byte[][] requests,
        int connections,
        TimeSpan duration,
        TimeSpan? every,
        int[] expected
    )
    {
        var workers = Enumerable
            .Range(0, connections)
            .Select(i => new Worker(server.Port, requests, every, i, connections, expected))
            .ToList();
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
        private readonly HttpConnection _connection;
        private readonly byte[][] _requests;
        private readonly long? _every;
        private readonly double _phase;
        private readonly int[] _expected;
        private readonly Random _random;

        public Worker(int port, byte[][] requests, TimeSpan? every, int index, int connections, int[] expected)
        {
            _requests = requests;
            _every = every is { } interval ? (long)(interval.TotalSeconds * Stopwatch.Frequency) : null;
            _phase = (double)index / connections;
            _expected = expected;
            // Every round uses the same seed, so both sides of a pair receive the same requests.
            _random = new Random(index);
            _connection = new HttpConnection(port);
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

        public void Dispose() => _connection.Dispose();

        private void RunFlatOut(long end)
        {
            for (var now = Stopwatch.GetTimestamp(); now < end; )
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
                // Sleeping always ends a little late; count only the delay that the server caused.
                var counted = wait > TimeSpan.Zero ? Stopwatch.GetTimestamp() : due;
                Ask();
                Ticks.Add(Stopwatch.GetTimestamp() - counted);
            }
        }

        private void Ask() => _connection.Ask(_requests[_random.Next(_requests.Length)], _expected);
    }
}
