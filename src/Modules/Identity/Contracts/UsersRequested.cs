using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.Identity.Contracts;

/// <summary>
/// Some module wants to hear of every user there is, in ascending order of ids; Identity answers with <see cref="UsersListed"/>, a page at
/// a time.
/// Any module may tell this, since events of long ago are not kept.
/// </summary>
/// <param name="AfterId">The id after which to begin; 0 for all.</param>
public sealed record UsersRequested(long AfterId) : IEvent
{
    /// <inheritdoc />
    public static string Name => "identity.users_requested";
}
