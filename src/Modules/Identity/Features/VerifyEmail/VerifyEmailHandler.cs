using Kumiko.Identity.Audit;
using Kumiko.Identity.Emails;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.VerifyEmail;

/// <summary>Proves that a user reads the mails to an address.</summary>
/// <param name="Token">The secret that was sent to the address.</param>
internal sealed record VerifyEmail(string Token) : ICommand<ErrorOr<Success>>;

internal sealed class VerifyEmailHandler(
    IdentityDatabase database,
    OneTimeSecrets secrets,
    EmailClaim claim,
    AuditTrail audit,
    SecurityEvents events,
    TimeProvider clock
) : ICommandHandler<VerifyEmail, ErrorOr<Success>>
{
    public async ValueTask<ErrorOr<Success>> Handle(VerifyEmail command, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        if (
            await secrets.SpendAsync(work, SecretKind.VerifyEmail, command.Token, cancellationToken) is not { } secret
            || await work.LockUserAsync(secret.UserId, cancellationToken) is not { } user
        )
        {
            return IdentityErrors.LinkVoid;
        }

        var isNew = secret.Email == user.PendingEmail;
        // The user has decided for another address since.
        if (!isNew && secret.Email != user.Email)
            return IdentityErrors.LinkVoid;
        if (isNew)
        {
            if (await claim.ClaimAsync(work, user, secret.Email, cancellationToken) is null)
                return IdentityErrors.LinkVoid;
            // They were sent to the old address.
            await OneTimeSecrets.VoidAsync(work, user.Id, [SecretKind.ResetPassword], cancellationToken);
            audit.Record(work, new AuditEntry(AuditAction.EmailChange, user.Id, user.Id) { Details = "proved" });
            work.AfterCommit(() => events.Succeeded(SecurityEvent.EmailChange, user.Id, reason: "proved"));
        }
        else if (!user.EmailVerified)
        {
            await work.MarkVerifiedAsync(user.Id, clock.Now(), cancellationToken);
        }

        work.AfterCommit(() => events.Succeeded(SecurityEvent.EmailVerification, user.Id));
        await work.CommitAsync();
        return Result.Success;
    }
}
