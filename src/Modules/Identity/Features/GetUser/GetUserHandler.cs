namespace Kumiko.Identity.Features.GetUser;

internal sealed class GetUserHandler(IdentityDatabase database) : IQueryHandler<GetUserRequest, ErrorOr<ProfileRow>>
{
    public async ValueTask<ErrorOr<ProfileRow>> Handle(GetUserRequest request, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadProfileAsync(request.Id, cancellationToken) is { } profile
            ? profile
            : Errors.NotFound($"There is no user {request.Id}.");
    }
}
