using Kumiko.BuildingBlocks.Security;

namespace Kumiko.Identity.Contracts;

/// <summary>
/// Sessions have ended, although their access tokens may not have expired: the user signed out or ended them from elsewhere, or they were
/// stolen.
/// </summary>
/// <param name="UserId">The account that the sessions belonged to.</param>
/// <param name="SessionIds">The sessions, the <c>sid</c> of their tokens; an id is never reused.</param>
/// <param name="ExpiresAt">The time from which none of their access tokens can be valid.</param>
public sealed record SessionsEnded(long UserId, IReadOnlyList<long> SessionIds, DateTimeOffset ExpiresAt) : IEndsSessions
{
    /// <inheritdoc />
    public static string Name => "identity.sessions_ended";
}
