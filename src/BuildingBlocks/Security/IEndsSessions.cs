using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>An event that names ended sessions.</summary>
public interface IEndsSessions : IEvent
{
    /// <summary>The sessions.</summary>
    IReadOnlyList<long> SessionIds { get; }

    /// <summary>The time after which none of their access tokens can be valid.</summary>
    DateTimeOffset ExpiresAt { get; }
}
