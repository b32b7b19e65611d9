using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>
/// Lets an event take effect in a module. It is called inside a transaction that already records the event as received: an event delivered
/// twice takes effect once, and a failure rolls both back and is retried later.
/// </summary>
/// <typeparam name="TEvent">The event.</typeparam>
public interface IEventHandler<in TEvent>
    where TEvent : IEvent
{
    /// <summary>Writes the effect. Don't rely on the order of events: an older version that arrives late changes nothing.</summary>
    /// <param name="message">The event.</param>
    /// <param name="work">The transaction; the caller commits it.</param>
    /// <param name="cancellationToken">Cancelled when the process stops.</param>
    Task HandleAsync(TEvent message, UnitOfWork work, CancellationToken cancellationToken);
}
