using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.GetMe;

internal sealed class GetMeHandler(IdentityDatabase database, TimeProvider clock) : IQueryHandler<GetMeRequest, ErrorOr<UserRow>>
{
    public async ValueTask<ErrorOr<UserRow>> Handle(GetMeRequest request, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadOwnUserAsync(request.User, clock.Now(), cancellationToken) is { } user
            ? user
            : IdentityErrors.SessionEnded;
    }
}
