using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>Where a module puts its events.</summary>
public interface IOutbox
{
    /// <summary>Adds an event to the transaction that makes it true; it is delivered after the commit, or never if that fails.</summary>
    Task AddAsync<TEvent>(UnitOfWork work, TEvent happened, CancellationToken cancellationToken)
        where TEvent : IEvent;
}
