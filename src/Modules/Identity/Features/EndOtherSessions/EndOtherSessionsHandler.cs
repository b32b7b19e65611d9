using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.EndOtherSessions;

/// <summary>Ends every session of the user except the current one.</summary>
internal sealed record EndOtherSessions(CurrentUser User) : ICommand<ErrorOr<Deleted>>;

internal sealed class EndOtherSessionsHandler(IdentityDatabase database, SessionEnd sessions, TimeProvider clock)
    : ICommandHandler<EndOtherSessions, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(EndOtherSessions command, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        if (await work.ReadOwnSessionAsync(command.User, clock.Now(), cancellationToken) is null)
            return IdentityErrors.SessionEnded;

        await sessions.EndOthersAsync(work, command.User, SessionEndReason.EndedByOwner, cancellationToken);
        await work.CommitAsync();
        return Result.Deleted;
    }
}
