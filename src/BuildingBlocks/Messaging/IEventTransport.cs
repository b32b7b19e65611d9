namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>The way from an outbox to the handlers: straight to those of this process, or through a broker to those of any.</summary>
internal interface IEventTransport
{
    /// <summary>How many events may be on their way at once.</summary>
    int Concurrency { get; }

    /// <summary>
    /// The name of the way. Events that went another way whose end nobody saw go again by this one: modules may have been joined, or the
    /// broker may have lost what it held.
    /// </summary>
    /// <exception cref="TransportUnavailableException">The broker is away.</exception>
    ValueTask<string> RouteAsync(CancellationToken cancellationToken);

    /// <summary>Hands an event over for good: once this returns, it takes effect even if this process dies.</summary>
    /// <param name="envelope">The event.</param>
    /// <param name="attempt">Which attempt this is, from 1.</param>
    /// <param name="cancellationToken">The process stops.</param>
    /// <exception cref="TransportUnavailableException">The broker is away.</exception>
    Task SendAsync(Envelope envelope, int attempt, CancellationToken cancellationToken);
}
