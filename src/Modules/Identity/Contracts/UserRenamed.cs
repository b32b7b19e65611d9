using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.Identity.Contracts;

/// <summary>A user has changed their name.</summary>
/// <param name="UserId">The account's id.</param>
/// <param name="Username">The new name.</param>
/// <param name="Version">The account's version; it grows with each change.</param>
public sealed record UserRenamed(long UserId, string Username, long Version) : IEvent
{
    /// <inheritdoc />
    public static string Name => "identity.user_renamed";
}
