namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>
/// Carries events from an outbox to the handlers: directly to those of this process, or through a broker to those of any process.
/// </summary>
internal interface IEventTransport
{
    /// <summary>How many events may be in transit at once.</summary>
    int Concurrency { get; }

    /// <summary>
    /// The name of the route. Events that were sent by another route and never confirmed are sent again by this one: modules may have been
    /// joined, or the broker may have lost its events.
    /// </summary>
    /// <exception cref="TransportUnavailableException">The broker is unreachable.</exception>
    ValueTask<string> RouteAsync(CancellationToken cancellationToken);

    /// <summary>Hands an event over for good: once this returns, the event takes effect even if this process crashes.</summary>
    /// <param name="envelope">The event.</param>
    /// <param name="attempt">The number of this attempt, from 1.</param>
    /// <param name="cancellationToken">Cancelled when the process stops.</param>
    /// <exception cref="TransportUnavailableException">The broker is unreachable.</exception>
    Task SendAsync(Envelope envelope, int attempt, CancellationToken cancellationToken);
}
