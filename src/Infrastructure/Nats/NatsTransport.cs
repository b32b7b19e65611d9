using System.Globalization;
using Kumiko.BuildingBlocks.Messaging;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Kumiko.Infrastructure.Nats;

/// <summary>Hands events over to NATS JetStream, which keeps them on disk for a week for the modules that depend on them.</summary>
internal sealed class NatsTransport(Broker broker) : IEventTransport
{
    public int Concurrency => 4;

    // A module lets them take effect in one transaction, which holds the rows that it changes.
    public int MaxEvents => 100;

    // A stream that was created again has lost its events, so its creation time is part of the route.
    public async ValueTask<string> RouteAsync(CancellationToken cancellationToken) =>
        await TryAsync(
            async () =>
                "nats:"
                + (await broker.OpenStreamAsync(cancellationToken))
                    .Info.Created.ToUnixTimeMilliseconds()
                    .ToString(CultureInfo.InvariantCulture),
            cancellationToken
        );

    public async Task SendAsync(IReadOnlyList<OutboxRow> events, CancellationToken cancellationToken)
    {
        var answer = await TryAsync(
            async () =>
                await broker.Context.PublishAsync(
                    Broker.SubjectPrefix + events[0].Name,
                    EventPack.Write(events),
                    cancellationToken: cancellationToken
                ),
            cancellationToken
        );
        if (answer.Error is { } error)
            throw new TransportUnavailableException(
                $"the broker did not accept the events: {error.Description}",
                new NatsJSApiException(error)
            );
    }

    private static async Task<T> TryAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception e)
            when (e is NatsException or TimeoutException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TransportUnavailableException($"the broker does not answer: {e.Message.TrimEnd('.')}", e);
        }
    }
}
