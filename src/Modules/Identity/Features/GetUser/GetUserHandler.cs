namespace Kumiko.Identity.Features.GetUser;

/// <summary>Reads a user as everybody sees it.</summary>
internal sealed record GetUser(long Id) : IQuery<ErrorOr<ProfileRow>>;

internal sealed class GetUserHandler(IdentityDatabase database) : IQueryHandler<GetUser, ErrorOr<ProfileRow>>
{
    public async ValueTask<ErrorOr<ProfileRow>> Handle(GetUser query, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadProfileAsync(query.Id, cancellationToken) is { } profile
            ? profile
            : Errors.NotFound($"There is no user {query.Id}.");
    }
}
