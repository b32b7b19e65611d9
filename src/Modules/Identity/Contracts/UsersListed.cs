using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.Identity.Contracts;

/// <summary>Some of the existing users, in response to <c>UsersRequested</c>.</summary>
/// <param name="Users">The users with their current names and versions; at most a few hundred.</param>
public sealed record UsersListed(IReadOnlyList<ListedUser> Users) : IEvent
{
    /// <inheritdoc />
    public static string Name => "identity.users_listed";
}
