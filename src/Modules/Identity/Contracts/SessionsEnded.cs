using Kumiko.BuildingBlocks.Security;

namespace Kumiko.Identity.Contracts;

/// <summary>
/// Sessions are over, whatever their access tokens say: somebody signed out, or ended them from elsewhere, or they were stolen.
/// </summary>
/// <param name="UserId">The account that they were of.</param>
/// <param name="SessionIds">The sessions, the <c>sid</c> of their tokens; an id is never given again.</param>
/// <param name="ExpiresAt">When no access token of theirs can be good any more.</param>
public sealed record SessionsEnded(long UserId, IReadOnlyList<long> SessionIds, DateTimeOffset ExpiresAt) : IEndsSessions
{
    /// <inheritdoc />
    public static string Name => "identity.sessions_ended";
}
