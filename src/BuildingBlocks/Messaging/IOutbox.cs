using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>Accepts the events of a module for delivery.</summary>
public interface IOutbox
{
    /// <summary>
    /// Adds an event to the transaction that makes it true. It is delivered after the commit, and never if the commit fails.
    /// </summary>
    Task AddAsync<TEvent>(UnitOfWork work, TEvent message, CancellationToken cancellationToken)
        where TEvent : IEvent;
}
