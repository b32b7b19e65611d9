using Kumiko.BuildingBlocks.Messaging;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Kumiko.Infrastructure.Nats;

/// <summary>The connection to NATS, and the one stream that carries all events.</summary>
internal sealed class Broker : IAsyncDisposable
{
    /// <summary>The part of a subject that precedes the event's name.</summary>
    public const string SubjectPrefix = "kumiko.";

    private const string StreamName = "kumiko";
    private const int NotFound = 404;

    // The outbox keeps sent events for the same time: the stream need not keep what the outbox has deleted.
    private static readonly StreamConfig Stream = new(StreamName, [SubjectPrefix + ">"])
    {
        Storage = StreamConfigStorage.File,
        Retention = StreamConfigRetention.Limits,
        MaxAge = MessagingServices.OutboxAge,
    };

    private readonly NatsConnection _connection;

    public Broker(BrokerSettings settings, ILogger<Broker> logger)
    {
        _connection = new NatsConnection(
            NatsOpts.Default with
            {
                Url = settings.Url,
                Name = "kumiko",
                AuthOpts = settings.User is null
                    ? NatsAuthOpts.Default
                    : new NatsAuthOpts { Username = settings.User, Password = settings.Password },
                // Replies to this user arrive under this prefix, so that the broker can keep every other user from subscribing to it.
                InboxPrefix = settings.User is null ? NatsOpts.Default.InboxPrefix : $"{NatsOpts.Default.InboxPrefix}.{settings.User}",
                // Reconnect within seconds of the broker's return, however long it was unreachable.
                ReconnectWaitMin = TimeSpan.FromMilliseconds(250),
                ReconnectWaitMax = TimeSpan.FromSeconds(2),
                RequestTimeout = TimeSpan.FromSeconds(3),
                CommandTimeout = TimeSpan.FromSeconds(3),
                ConnectTimeout = TimeSpan.FromSeconds(3),
            }
        );
        _connection.ConnectionDisconnected += (_, _) =>
        {
            logger.LogWarning("The broker cannot be reached; events wait in the outbox until it can");
            return ValueTask.CompletedTask;
        };
        _connection.ConnectionOpened += (_, _) =>
        {
            logger.LogInformation("Connected to the broker");
            return ValueTask.CompletedTask;
        };
        Context = new NatsJSContext(_connection);
    }

    /// <summary>Sends and receives messages.</summary>
    public NatsJSContext Context { get; }

    /// <summary>Whether the connection is open.</summary>
    public bool IsConnected => _connection.ConnectionState == NatsConnectionState.Open;

    /// <summary>Opens the stream, and creates it if it doesn't exist.</summary>
    public async Task<INatsJSStream> OpenStreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Context.GetStreamAsync(StreamName, cancellationToken: cancellationToken);
        }
        catch (NatsJSApiException e) when (e.Error.Code == NotFound)
        {
            return await Context.CreateStreamAsync(Stream, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
