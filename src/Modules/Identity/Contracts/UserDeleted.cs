using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.Identity.Contracts;

/// <summary>An account is gone, and nothing of it comes back: whatever arrives later of this user is older.</summary>
/// <param name="UserId">The account's id, which is never given again.</param>
/// <param name="Version">The version with which it ended.</param>
public sealed record UserDeleted(long UserId, long Version) : IEvent
{
    /// <inheritdoc />
    public static string Name => "identity.user_deleted";
}
