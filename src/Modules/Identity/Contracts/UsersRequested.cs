using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.Identity.Contracts;

/// <summary>
/// A module asks for every user, in ascending order of ids; Identity answers with <see cref="UsersListed"/>, one page at a time. Any module
/// may send this, since old events are not kept.
/// </summary>
/// <param name="AfterId">The id after which to begin; 0 for all users.</param>
public sealed record UsersRequested(long AfterId) : IEvent
{
    /// <inheritdoc />
    public static string Name => "identity.users_requested";
}
