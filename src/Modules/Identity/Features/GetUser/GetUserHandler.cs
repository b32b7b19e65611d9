using ErrorOr;
using Kumiko.BuildingBlocks.Web;
using Mediator;

namespace Kumiko.Identity.Features.GetUser;

internal sealed class GetUserHandler(IdentityDatabase database) : IQueryHandler<GetUserRequest, ErrorOr<ProfileRow>>
{
    public async ValueTask<ErrorOr<ProfileRow>> Handle(GetUserRequest request, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.ReadProfileAsync(request.Id, cancellation) is { } profile
            ? profile
            : Failures.NotFound($"There is no user {request.Id}.");
    }
}
