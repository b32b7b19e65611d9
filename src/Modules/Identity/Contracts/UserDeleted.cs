using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.Identity.Contracts;

/// <summary>An account was deleted for good: any event about this user that arrives later is older.</summary>
/// <param name="UserId">The account's id, which is never reused.</param>
/// <param name="Version">The account's last version.</param>
public sealed record UserDeleted(long UserId, long Version) : IEvent
{
    /// <inheritdoc />
    public static string Name => "identity.user_deleted";
}
