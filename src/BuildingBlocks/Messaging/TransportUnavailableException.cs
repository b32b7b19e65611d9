namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>Events cannot be handed over now. No event is lost, and the same call may succeed later.</summary>
internal sealed class TransportUnavailableException(string message, Exception inner) : Exception(message, inner);
