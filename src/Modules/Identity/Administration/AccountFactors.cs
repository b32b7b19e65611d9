using Kumiko.Identity.Audit;
using Kumiko.Identity.Keys;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Administration;

/// <summary>Removes lost factors for the operator, who has made sure that the owner of the account asks for it.</summary>
internal sealed class AccountFactors(
    IdentityDatabase database,
    HashKey hashKey,
    SessionEnd sessions,
    AccountMails mails,
    AuditTrail audit,
    SecurityEvents events,
    TimeProvider clock
) : IAccountFactors
{
    /// <inheritdoc />
    public async Task<AccountVerdict> ResetAsync(string account, CancellationToken cancellationToken)
    {
        await hashKey.LoadAsync(cancellationToken);
        await using var work = await database.BeginAsync(cancellationToken);
        if (
            await FindIdAsync(work, account.Trim(), cancellationToken) is not { } id
            || await work.LockUserAsync(id, cancellationToken) is not { } user
        )
            return new AccountVerdict(IsDone: false, "No account has this name or e-mail address.");
        var passkeys = (await work.LockPasskeysAsync(id, cancellationToken)).Count;
        if (!user.SecondFactor && passkeys == 0)
            return new AccountVerdict(IsDone: true, $"{user.Username} (account {id}) has neither a second factor nor a passkey.");

        await work.DeleteTotpAsync(id, cancellationToken);
        await work.DeleteRecoveryCodesAsync(id, cancellationToken);
        await work.DeletePasskeysAsync(id, cancellationToken);
        await work.TouchUserAsync(id, clock.Now(), cancellationToken);
        var sessionIds = await work.LockSessionsAsync(id, cancellationToken);
        await sessions.EndAsync(work, id, sessionIds, SessionEndReason.FactorReset, actorId: null, cancellationToken);
        await mails.NotifyAsync(work, user, MailTemplate.FactorsReset, [], cancellationToken);
        audit.Record(work, new AuditEntry(AuditAction.FactorReset, ActorId: null, id));
        work.AfterCommit(() => events.Succeeded(SecurityEvent.FactorReset, id));
        await work.CommitAsync();
        return new AccountVerdict(
            IsDone: true,
            $"Removed from {user.Username} (account {id}): {Removed(user, passkeys)}. The account is signed out everywhere, and its "
                + "password is unchanged."
                + (user.EmailVerified ? "" : " It got no mail, because its e-mail address is not proved.")
        );
    }

    private static string Removed(UserRow user, int passkeys) =>
        (user.SecondFactor, passkeys) switch
        {
            (true, 0) => "the authenticator app",
            (true, _) => $"the authenticator app and passkeys ({passkeys})",
            _ => $"passkeys ({passkeys})",
        };

    // No name has an @.
    private static ValueTask<long?> FindIdAsync(UnitOfWork work, string account, CancellationToken cancellationToken) =>
        account.Contains('@', StringComparison.Ordinal)
            ? work.FindIdByEmailAsync(EmailAddresses.Key(account), cancellationToken)
            : work.FindIdByNameAsync(Names.Key(account), cancellationToken);
}
