using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.Identity.Contracts;

/// <summary>
/// A moderator or an admin has deleted somebody else's post. The module with the posts sends this, and Identity records it in the audit
/// trail.
/// </summary>
/// <param name="PostId">The post.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="ModeratorId">Who deleted it.</param>
/// <param name="SessionId">The moderator's session.</param>
/// <param name="At">When it was deleted.</param>
/// <param name="Client">The network that the request came from.</param>
public sealed record PostRemoved(long PostId, long AuthorId, long ModeratorId, long SessionId, DateTimeOffset At, string? Client) : IEvent
{
    /// <inheritdoc />
    public static string Name => "identity.post_removed";
}
