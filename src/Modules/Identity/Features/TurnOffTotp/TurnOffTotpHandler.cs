using Kumiko.Identity.Audit;
using Kumiko.Identity.Mail;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.TurnOffTotp;

/// <summary>Turns the second factor off.</summary>
/// <param name="Password">The password.</param>
/// <param name="TotpCode">A code of the app, or a recovery code.</param>
/// <param name="User">The user.</param>
internal sealed record TurnOffTotp(string Password, string TotpCode, CurrentUser User) : ICommand<ErrorOr<Deleted>>;

internal sealed class TurnOffTotpHandler(
    SecondFactorCheck check,
    AccountMails mails,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<TurnOffTotp, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(TurnOffTotp command, CancellationToken cancellationToken)
    {
        var (user, now) = (command.User, clock.Now());
        var done = await check.WithBothFactorsAsync(
            user,
            command.Password,
            command.TotpCode,
            async work =>
            {
                await work.DeleteTotpAsync(user.Id, cancellationToken);
                await work.DeleteRecoveryCodesAsync(user.Id, cancellationToken);
                await work.TouchUserAsync(user.Id, now, cancellationToken);
                var me = await work.ReadUserAsync(user.Id, cancellationToken);
                await mails.NotifyAsync(work, me, MailTemplate.SecondFactorOff, [], cancellationToken);
                audit.Record(
                    work,
                    new AuditEntry(AuditAction.SecondFactorChange, user.Id, user.Id)
                    {
                        SessionId = user.SessionId,
                        Details = SecondFactorReason.TurnedOff,
                    }
                );
                work.AfterCommit(() =>
                    events.Succeeded(SecurityEvent.SecondFactorChange, user.Id, user.SessionId, SecondFactorReason.TurnedOff)
                );
            },
            cancellationToken
        );
        return done.IsError ? done.Errors : Result.Deleted;
    }
}
