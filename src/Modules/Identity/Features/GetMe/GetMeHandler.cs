using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Mediator;

namespace Kumiko.Identity.Features.GetMe;

internal sealed class GetMeHandler(IdentityDatabase database, TimeProvider clock) : IQueryHandler<GetMeRequest, ErrorOr<UserRow>>
{
    public async ValueTask<ErrorOr<UserRow>> Handle(GetMeRequest request, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.ReadMeAsync(request.User, clock.Now(), cancellation) is { } user ? user : IdentityFailures.SessionEnded;
    }
}
