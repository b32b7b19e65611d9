using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>The <c>parked_events</c> tables of the modules in this process.</summary>
public sealed class ParkedEvents
{
    private readonly IReadOnlyList<EventSubscription> _subscriptions;
    private readonly IReadOnlyList<ModuleDatabase> _databases;
    private readonly TimeProvider _clock;

    internal ParkedEvents(IEnumerable<EventSubscription> subscriptions, TimeProvider clock)
    {
        _clock = clock;
        _subscriptions = [.. subscriptions];
        _databases = [.. _subscriptions.Select(subscription => subscription.Database).Distinct()];
    }

    /// <summary>Lists all parked events, the oldest first.</summary>
    public async Task<IReadOnlyList<ParkedEvent>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<ParkedEvent>();
        foreach (var database in _databases)
        {
            await using var session = await database.OpenAsync(cancellationToken);
            var parked = await session.ReadParkedEventsAsync(cancellationToken);
            all.AddRange(parked.Select(row => row with { Module = database.Module }));
        }

        return [.. all.OrderBy(parked => parked.ParkedAt).ThenBy(parked => parked.EventId, StringComparer.Ordinal)];
    }

    /// <summary>Lets an event take effect now. If it fails again, the failure is thrown and the event stays parked.</summary>
    /// <exception cref="InvalidOperationException">The module no longer has this handler.</exception>
    public async Task ReplayAsync(ParkedEvent parked, CancellationToken cancellationToken)
    {
        var subscription =
            _subscriptions.FirstOrDefault(candidate =>
                candidate.Database.Module == parked.Module && candidate.Handler == parked.Handler && candidate.EventName == parked.Name
            )
            ?? throw new InvalidOperationException(
                $"The module {parked.Module} no longer has the handler {parked.Handler} for {parked.Name}."
            );
        var envelope = new Envelope
        {
            EventId = parked.EventId,
            Name = parked.Name,
            Body = parked.Body,
            TraceParent = parked.TraceParent,
            CreatedAt = parked.CreatedAt,
        };
        using var trace = envelope.Continue();
        await subscription.DeliverAsync(envelope, cancellationToken);
        // If the process crashes before this, the inbox shows at the next replay that the event has taken effect.
        await DiscardAsync(parked, cancellationToken);
    }

    /// <summary>Forgets an unwanted event for good: if it is delivered again, it counts as received.</summary>
    public async Task DiscardAsync(ParkedEvent parked, CancellationToken cancellationToken)
    {
        await using var work = await _databases.Single(database => database.Module == parked.Module).BeginAsync(cancellationToken);
        await work.TryReceiveEventsAsync([(parked.EventId, parked.Handler)], _clock.Now(), cancellationToken);
        await work.DeleteParkedEventAsync(parked, cancellationToken);
        await work.CommitAsync();
    }
}
