using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Kumiko.BuildingBlocks.Messaging.Nats;

/// <summary>The connection to NATS and the one stream through which all events go.</summary>
internal sealed class Broker : IAsyncDisposable
{
    /// <summary>What stands before an event's name in its subject.</summary>
    public const string SubjectPrefix = "kumiko.";

    private const string StreamName = "kumiko";
    private const int NotFound = 404;

    // As long as the outbox keeps what it sent: what the one forgets, the other need not hold.
    private static readonly StreamConfig Stream = new(StreamName, [SubjectPrefix + ">"])
    {
        Storage = StreamConfigStorage.File,
        Retention = StreamConfigRetention.Limits,
        MaxAge = MessagingServices.OutboxAge,
        // An event is sent again within seconds, if at all; whatever comes later than this meets the inbox.
        DuplicateWindow = TimeSpan.FromMinutes(10),
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
                // Where answers to this user arrive, so that the broker can keep every other user from listening there.
                InboxPrefix = settings.User is null ? NatsOpts.Default.InboxPrefix : $"{NatsOpts.Default.InboxPrefix}.{settings.User}",
                // A broker that was away is found again within seconds, however long it was.
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

    /// <summary>Sends and receives.</summary>
    public NatsJSContext Context { get; }

    /// <summary>Whether the connection is up at this moment.</summary>
    public bool IsConnected => _connection.ConnectionState == NatsConnectionState.Open;

    /// <summary>The stream, made if it is not there.</summary>
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
