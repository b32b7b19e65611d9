using System.Net;
using System.Net.Sockets;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.TestDatabases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Security;

public sealed class EndedSessionsReaderTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-24T12:00:00Z", null));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_that_does_not_answer_delays_only_its_own_modules_list()
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), DatabaseProvider.Sqlite, Cancellation);
        await using var ledger = new LedgerDatabase(database.Settings);
        await using (var session = await ledger.OpenAsync(Cancellation))
            await session.ExecuteAsync(
                "create table ended_sessions (session_id integer primary key, noted_at text not null, expires_at text not null)",
                null,
                Cancellation
            );
        await EndAsync(ledger, 1);
        await using var server = new SilentServer();
        await using var silent = new SilentDatabase(server.Settings);
        var sessions = new EndedSessions(_clock);
        using var reader = new EndedSessionsReader(
            sessions,
            [new EndedSessionsSource(silent), new EndedSessionsSource(ledger)],
            _clock,
            NullLogger<EndedSessionsReader>.Instance
        );

        // Before the process serves requests.
        var start = reader.StartAsync(Cancellation);
        await server.AskedAsync();
        await VerifyingProcess.UntilAsync(() => Task.FromResult(sessions.Contains(1)));
        Assert.False(start.IsCompleted);
        server.HangUp();
        await start;

        // While it serves requests.
        await TickUntilAsync(() => server.IsAsked);
        await EndAsync(ledger, 2);
        await TickUntilAsync(() => sessions.Contains(2));
        Assert.False(reader.IsLoaded);
        await reader.StopAsync(Cancellation);
    }

    private async Task EndAsync(LedgerDatabase database, long sessionId)
    {
        await using var session = await database.OpenAsync(Cancellation);
        await session.ExecuteAsync(
            "insert into ended_sessions (session_id, noted_at, expires_at) values (@sessionId, @Now, @Later)",
            new
            {
                sessionId,
                Now = _clock.Now(),
                Later = _clock.Now() + TimeSpan.FromHours(1),
            },
            Cancellation
        );
    }

    private Task TickUntilAsync(Func<bool> hoped) =>
        VerifyingProcess.UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(hoped());
        });

    private sealed class SilentDatabase(DatabaseSettings settings) : ModuleDatabase("silent", settings);

    /// <summary>Accepts connections and never answers.</summary>
    private sealed class SilentServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _accepting;
        private TaskCompletionSource<Socket> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SilentServer()
        {
            _listener.Start();
            Settings = new DatabaseSettings(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(
                        new Dictionary<string, string?>
                        {
                            ["Database:Provider"] = "mysql",
                            ["ConnectionStrings:Silent"] =
                                $"Server=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port};Database=silent;User "
                                + "ID=nobody;Connection Timeout=60",
                        }
                    )
                    .Build()
            );
            _accepting = AcceptAsync();
        }

        public DatabaseSettings Settings { get; }

        public bool IsAsked => _asked.Task.IsCompleted;

        public async Task AskedAsync() => await _asked.Task.WaitAsync(Cancellation);

        /// <summary>Closes the connection that waits for an answer.</summary>
        public void HangUp()
        {
            var asked = Interlocked.Exchange(
                ref _asked,
                new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously)
            );
            asked.Task.GetAwaiter().GetResult().Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _accepting;
            if (IsAsked)
                (await _asked.Task).Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    var socket = await _listener.AcceptSocketAsync();
                    if (!_asked.TrySetResult(socket))
                        socket.Dispose();
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
