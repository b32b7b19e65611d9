using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>Calls the handlers of this process. Used when every module that depends on an event is joined.</summary>
internal sealed class InProcessTransport(IEnumerable<EventSubscription> subscriptions, ILogger<InProcessTransport> logger) : IEventTransport
{
    /// <summary>The route of an event whose handlers have committed: it is never sent again, whatever the transport.</summary>
    public const string Route = "process";

    private readonly ILookup<string, EventSubscription> _subscriptions = subscriptions.ToLookup(subscription => subscription.EventName);

    public int Concurrency => 4;

    // Whether an event took effect decides about that event alone.
    public int MaxEvents => 1;

    public ValueTask<string> RouteAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Route);

    public async Task SendAsync(IReadOnlyList<OutboxRow> events, CancellationToken cancellationToken)
    {
        foreach (var row in events)
        {
            using var trace = row.Continue();
            foreach (var subscription in _subscriptions[row.Name])
                await subscription.DeliverOrParkAsync(row, row.Attempts + 1, logger, cancellationToken);
        }
    }
}
