using Kumiko.Identity.Administration;
using Kumiko.Identity.Sessions;

namespace Kumiko.Identity.Features.EndSessionsOfUser;

/// <summary>Ends every session of a user, for an admin.</summary>
/// <param name="Id">The account.</param>
/// <param name="User">The admin.</param>
internal sealed record EndSessionsOfUser(long Id, CurrentUser User) : ICommand<ErrorOr<Deleted>>;

internal sealed class EndSessionsOfUserHandler(IdentityDatabase database, SessionEnd sessions, TimeProvider clock)
    : ICommandHandler<EndSessionsOfUser, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(EndSessionsOfUser command, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        var allowed = await work.CheckAdminAsync(command.User, clock.Now(), cancellationToken);
        if (allowed.IsError)
            return allowed.Errors;
        // The row is locked, so that no session begins meanwhile.
        if (await work.LockManagedUserAsync(command.Id, cancellationToken) is null)
            return Errors.NotFound($"There is no user {command.Id}.");

        await sessions.EndAsync(
            work,
            command.Id,
            await work.LockSessionsAsync(command.Id, cancellationToken),
            SessionEndReason.EndedByAdmin,
            command.User.Id,
            cancellationToken
        );
        await work.CommitAsync();
        return Result.Deleted;
    }
}
