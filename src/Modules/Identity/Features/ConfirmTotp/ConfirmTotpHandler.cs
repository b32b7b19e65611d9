using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Mail;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ConfirmTotp;

/// <summary>Turns the second factor on.</summary>
/// <param name="Code">The first code of the app.</param>
/// <param name="User">The user.</param>
internal sealed record ConfirmTotp(string Code, CurrentUser User) : ICommand<ErrorOr<string[]>>;

internal sealed class ConfirmTotpHandler(
    IdentityDatabase database,
    SecondFactor secondFactor,
    SecondFactorAttempts attempts,
    SessionEnd sessions,
    AccountMails mails,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<ConfirmTotp, ErrorOr<string[]>>
{
    public async ValueTask<ErrorOr<string[]>> Handle(ConfirmTotp command, CancellationToken cancellationToken)
    {
        var attempt = attempts.InSession(command.User);
        var counted = await attempt.CountAsync(cancellationToken);
        if (counted.IsError)
            return counted.Errors;

        var now = clock.Now();
        await using var work = await database.BeginAsync(cancellationToken);
        var user = await work.LockOwnUserAsync(command.User, now, cancellationToken);
        if (user is null)
            return IdentityErrors.SessionEnded;

        var pending = await work.ReadPendingTotpAsync(user.Id, now, cancellationToken);
        if (pending is null)
        {
            await attempt.RefundAsync(work, cancellationToken);
            await work.CommitAsync();
            return user.SecondFactor ? SecondFactorErrors.AlreadyOn : SecondFactorErrors.NotPending;
        }

        if (TotpSecret.Digits(command.Code) is not { } digits || secondFactor.FindStep(pending, digits) is not { } step)
        {
            await work.DisposeAsync();
            var refusal = new AuditEntry(AuditAction.SecondFactorCheck, user.Id, user.Id) { SessionId = command.User.SessionId };
            await audit.RecordRefusalAsync(refusal, cancellationToken);
            events.Refused(SecurityEvent.SecondFactorCheck, user.Id, command.User.SessionId);
            return SecondFactorErrors.Wrong("code");
        }

        var codes = RecoveryCode.CreateList();
        // Read after the lock: a later change never has an earlier time than the undo link of the one before.
        var at = clock.Now();
        await work.TurnOnTotpAsync(pending, step, at, cancellationToken);
        await work.ReplaceRecoveryCodesAsync(user.Id, codes, at, cancellationToken);
        await work.TouchUserAsync(user.Id, now, cancellationToken);
        // Only a user who had just signed in got the secret, and the code proves the second factor.
        await work.RenewAuthenticationAsync(command.User, Authentication.BySecondFactor(now), now, cancellationToken);
        // They began without a code, and one of them may be a thief's, whom the second factor is to keep out.
        await sessions.EndOthersAsync(work, command.User, SessionEndReason.SecondFactorOn, cancellationToken);
        await attempt.RefundAsync(work, cancellationToken);
        await mails.OfferToUndoAsync(work, user, MailTemplate.SecondFactorOn, at, [], cancellationToken);
        audit.Record(
            work,
            new AuditEntry(AuditAction.SecondFactorChange, user.Id, user.Id)
            {
                SessionId = command.User.SessionId,
                Details = SecondFactorReason.TurnedOn,
            }
        );
        work.AfterCommit(() =>
            events.Succeeded(SecurityEvent.SecondFactorChange, user.Id, command.User.SessionId, SecondFactorReason.TurnedOn)
        );
        await work.CommitAsync();
        return codes;
    }
}
