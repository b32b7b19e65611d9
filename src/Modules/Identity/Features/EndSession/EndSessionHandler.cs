using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.EndSession;

/// <summary>Ends one of the user's sessions.</summary>
/// <param name="Id">The session to end.</param>
/// <param name="User">The user.</param>
internal sealed record EndSession(long Id, CurrentUser User) : ICommand<ErrorOr<Deleted>>;

internal sealed class EndSessionHandler(IdentityDatabase database, SessionEnd sessions, TimeProvider clock)
    : ICommandHandler<EndSession, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(EndSession command, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        var living = await work.ReadLivingSessionsAsync(command.User, command.Id, clock.Now(), cancellationToken);
        if (!living.Contains(command.User.SessionId))
            return IdentityErrors.SessionEnded;
        if (!living.Contains(command.Id))
            return Errors.NotFound($"You have no session {command.Id}.");

        await sessions.EndAsync(work, command.User.Id, [command.Id], SessionEndReason.EndedByOwner, cancellationToken);
        await work.CommitAsync();
        return Result.Deleted;
    }
}
