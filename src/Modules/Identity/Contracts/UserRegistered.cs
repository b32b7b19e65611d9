using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.Identity.Contracts;

/// <summary>A user has registered.</summary>
/// <param name="UserId">The account's id.</param>
/// <param name="Username">The name that others see.</param>
/// <param name="Version">The account's version; it grows with each change.</param>
public sealed record UserRegistered(long UserId, string Username, long Version) : IEvent
{
    /// <inheritdoc />
    public static string Name => "identity.user_registered";
}
