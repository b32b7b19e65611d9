using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.Identity.Contracts;

/// <summary>Some users who have an account, as somebody asked to hear of all.</summary>
/// <param name="Users">Each with the name and version of the moment; at most a few hundred.</param>
public sealed record UsersListed(IReadOnlyList<ListedUser> Users) : IEvent
{
    /// <inheritdoc />
    public static string Name => "identity.users_listed";
}
