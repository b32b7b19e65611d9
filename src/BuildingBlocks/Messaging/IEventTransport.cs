namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>
/// Carries events from an outbox to the handlers: directly to those of this process, or through a broker to those of any process.
/// </summary>
internal interface IEventTransport
{
    /// <summary>How many calls of <see cref="SendAsync"/> may run at once.</summary>
    int Concurrency { get; }

    /// <summary>How many events of one name may be sent together.</summary>
    int MaxEvents { get; }

    /// <summary>
    /// The name of the route. Events that were sent by another route and never confirmed are sent again by this one: modules may have been
    /// joined, or the broker may have lost its events.
    /// </summary>
    /// <exception cref="TransportUnavailableException">The broker is unreachable.</exception>
    ValueTask<string> RouteAsync(CancellationToken cancellationToken);

    /// <summary>Hands events over for good: once this returns, they take effect even if this process crashes.</summary>
    /// <param name="events">Events of one name.</param>
    /// <param name="cancellationToken">Cancelled when the process stops.</param>
    /// <exception cref="TransportUnavailableException">The broker is unreachable.</exception>
    Task SendAsync(IReadOnlyList<OutboxRow> events, CancellationToken cancellationToken);
}
