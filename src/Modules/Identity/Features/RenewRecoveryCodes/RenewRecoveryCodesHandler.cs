using Kumiko.Identity.Audit;
using Kumiko.Identity.Mail;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.RenewRecoveryCodes;

/// <summary>Replaces the recovery codes.</summary>
/// <param name="Password">The password.</param>
/// <param name="TotpCode">A code of the app, or a recovery code.</param>
/// <param name="User">The user.</param>
internal sealed record RenewRecoveryCodes(string Password, string TotpCode, CurrentUser User) : ICommand<ErrorOr<string[]>>;

internal sealed class RenewRecoveryCodesHandler(
    SecondFactorCheck check,
    AccountMails mails,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<RenewRecoveryCodes, ErrorOr<string[]>>
{
    public async ValueTask<ErrorOr<string[]>> Handle(RenewRecoveryCodes command, CancellationToken cancellationToken)
    {
        var (user, codes) = (command.User, RecoveryCode.CreateList());
        var done = await check.WithBothFactorsAsync(
            user,
            command.Password,
            command.TotpCode,
            async work =>
            {
                // Read after the lock: a later change never has an earlier time than the undo link of the one before.
                var at = clock.Now();
                await work.ReplaceRecoveryCodesAsync(user.Id, codes, at, cancellationToken);
                var me = await work.ReadUserAsync(user.Id, cancellationToken);
                await mails.OfferToUndoAsync(work, me, MailTemplate.RecoveryCodesRenewed, at, [], cancellationToken);
                audit.Record(
                    work,
                    new AuditEntry(AuditAction.SecondFactorChange, user.Id, user.Id)
                    {
                        SessionId = user.SessionId,
                        Details = SecondFactorReason.NewRecoveryCodes,
                    }
                );
                work.AfterCommit(() =>
                    events.Succeeded(SecurityEvent.SecondFactorChange, user.Id, user.SessionId, SecondFactorReason.NewRecoveryCodes)
                );
            },
            cancellationToken
        );
        return done.IsError ? done.Errors : codes;
    }
}
