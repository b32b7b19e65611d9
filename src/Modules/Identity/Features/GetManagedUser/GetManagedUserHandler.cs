using Kumiko.Identity.Administration;

namespace Kumiko.Identity.Features.GetManagedUser;

/// <summary>Reads an account, for an admin.</summary>
/// <param name="Id">The account.</param>
/// <param name="User">The admin.</param>
internal sealed record GetManagedUser(long Id, CurrentUser User) : IQuery<ErrorOr<ManagedUserRow>>;

internal sealed class GetManagedUserHandler(IdentityDatabase database, TimeProvider clock)
    : IQueryHandler<GetManagedUser, ErrorOr<ManagedUserRow>>
{
    public async ValueTask<ErrorOr<ManagedUserRow>> Handle(GetManagedUser query, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var allowed = await session.CheckAdminAsync(query.User, clock.Now(), cancellationToken);
        if (allowed.IsError)
            return allowed.Errors;

        return await session.ReadManagedUserAsync(query.Id, cancellationToken) is { } user
            ? user
            : Errors.NotFound($"There is no user {query.Id}.");
    }
}
