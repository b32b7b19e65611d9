using System.Diagnostics;
using System.Net.Sockets;
using Kumiko.Bench.Load.Servers;

namespace Kumiko.Bench.Load.Load;

/// <summary>Sends requests over a number of connections, each with a thread of its own.</summary>
internal static class LoadGenerator
{
    private const int ThreadStack = 256 * 1024;

    /// <summary>Sends one request after another on each connection, drawn at random, as fast as the answers come.</summary>
    /// <param name="server">Who is asked.</param>
    /// <param name="requests">What is asked, see <see cref="HttpConnection.Get"/>.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="expected">The status codes that may come.</param>
    /// <exception cref="InvalidDataException">Another status came: the figures would mean nothing.</exception>
    public static LoadResult Run(ServerProcess server, byte[][] requests, int connections, TimeSpan duration, params int[] expected) =>
        Run(server, requests, connections, duration, null, expected);

    /// <summary>
    /// As <see cref="Run(ServerProcess, byte[][], int, TimeSpan, int[])"/>, but at a steady rate for all connections together. A request's
    /// time counts from the moment
    /// it was due, so that a stall is not hidden by the requests that it held up.
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
            // The same draw in every round: both sides of a pair get the same questions.
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
                // A sleep ends a little late by itself; only lateness that the server caused counts.
                var counted = wait > TimeSpan.Zero ? Stopwatch.GetTimestamp() : due;
                Ask();
                Ticks.Add(Stopwatch.GetTimestamp() - counted);
            }
        }

        private void Ask() => _connection.Ask(_requests[_random.Next(_requests.Length)], _expected);
    }
}
