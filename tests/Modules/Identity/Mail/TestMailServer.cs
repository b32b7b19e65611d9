using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Kumiko.Identity.Tests.Mail;

/// <summary>
/// A mail server that keeps what it receives. It refuses mails to <c>nobody@</c>, and those to <c>later@</c> for now. It can be killed and
/// started again.
/// </summary>
internal sealed class TestMailServer : MessageStore, IMailboxFilter, IAsyncDisposable
{
    private readonly SmtpServer.SmtpServer _server;
    private readonly ConcurrentDictionary<Guid, ISessionContext> _sessions = new();
    private CancellationTokenSource _stop = new();
    private Task _running;
    private TaskCompletionSource? _held;
    private TaskCompletionSource? _free;

    public TestMailServer(X509Certificate? certificate = null)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(endpoint =>
            {
                endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port));
                if (certificate is not null)
                    endpoint.Certificate(certificate);
            })
            .Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IMailboxFilter)this);
        _server = new SmtpServer.SmtpServer(options, services);
        _server.SessionCreated += (_, e) => _sessions[e.Context.SessionId] = e.Context;
        _server.SessionCompleted += (_, e) => _sessions.TryRemove(e.Context.SessionId, out var _);
        _server.SessionFaulted += (_, e) => _sessions.TryRemove(e.Context.SessionId, out var _);
        _server.SessionCancelled += (_, e) => _sessions.TryRemove(e.Context.SessionId, out var _);
        _running = _server.StartAsync(_stop.Token);
    }

    public int Port { get; }

    public ConcurrentQueue<MimeMessage> Received { get; } = [];

    /// <summary>Keeps the next mail and withholds the answer, so that its sender does not know.</summary>
    /// <returns>A task that completes when there is one.</returns>
    public Task HoldNextAsync()
    {
        (_free, _held) = (new TaskCompletionSource(), new TaskCompletionSource());
        return _held.Task;
    }

    /// <summary>Gives the answer that was withheld.</summary>
    public void Release() => _free?.TrySetResult();

    /// <summary>Ends every connection, and accepts no more.</summary>
    public async Task KillAsync()
    {
        // First the connections: the library answers a session that is cancelled with 554, as if it refused the mail for good.
        foreach (var session in _sessions.Values)
            session.Pipe?.Dispose();
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Accepts connections again, on the same port.</summary>
    public void StartAgain()
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _running = _server.StartAsync(_stop.Token);
    }

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        if (transaction.To.Any(to => to.User == "later"))
            return new SmtpResponse((SmtpReplyCode)451, "later, please");

        using var stream = new MemoryStream(buffer.ToArray());
        Received.Enqueue(await MimeMessage.LoadAsync(stream, CancellationToken.None));
        if (Interlocked.Exchange(ref _held, null) is { } held)
        {
            held.SetResult();
            await _free!.Task.WaitAsync(cancellationToken);
        }

        return SmtpResponse.Ok;
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
        Task.FromResult(to.User != "nobody");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _stop.Dispose();
    }
}
