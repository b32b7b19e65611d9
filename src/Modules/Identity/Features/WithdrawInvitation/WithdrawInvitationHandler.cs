using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Invitations;

namespace Kumiko.Identity.Features.WithdrawInvitation;

/// <summary>Makes an invitation void, for an admin.</summary>
/// <param name="Id">The invitation.</param>
/// <param name="User">The admin.</param>
internal sealed record WithdrawInvitation(long Id, CurrentUser User) : ICommand<ErrorOr<Deleted>>;

internal sealed class WithdrawInvitationHandler(IdentityDatabase database, AuditTrail audit, TimeProvider clock)
    : ICommandHandler<WithdrawInvitation, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(WithdrawInvitation command, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        var allowed = await work.CheckAdminAsync(command.User, clock.Now(), cancellationToken);
        if (allowed.IsError)
            return allowed.Errors;
        if (!await work.DeleteInvitationAsync(command.Id, clock.Now(), cancellationToken))
            return Errors.NotFound($"There is no invitation {command.Id} that can still be used.");

        await IdempotencyStore.ForgetAsync(work, InvitationRow.Resource(command.Id), cancellationToken);
        audit.Record(
            work,
            new AuditEntry(AuditAction.Invitation, command.User.Id, SubjectId: null)
            {
                SessionId = command.User.SessionId,
                Details = "withdrawn",
            }
        );
        await work.CommitAsync();
        return Result.Deleted;
    }
}
