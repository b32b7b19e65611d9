using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>An event that says which sessions have ended.</summary>
public interface IEndsSessions : IEvent
{
    /// <summary>The sessions.</summary>
    IReadOnlyList<long> SessionIds { get; }

    /// <summary>When no access token of theirs can be good any more.</summary>
    DateTimeOffset ExpiresAt { get; }
}
