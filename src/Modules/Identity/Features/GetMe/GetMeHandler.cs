using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.GetMe;

/// <summary>Reads the user's own account.</summary>
internal sealed record GetMe(CurrentUser User) : IQuery<ErrorOr<UserRow>>;

internal sealed class GetMeHandler(IdentityDatabase database, TimeProvider clock) : IQueryHandler<GetMe, ErrorOr<UserRow>>
{
    public async ValueTask<ErrorOr<UserRow>> Handle(GetMe query, CancellationToken cancellationToken) =>
        await database.ReadOwnUserAsync(query.User, clock.Now(), cancellationToken) is { } user ? user : IdentityErrors.SessionEnded;
}
