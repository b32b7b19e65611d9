using System.Globalization;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Passwords;

/// <summary>Asks a signed-in user for the password again, before an operation that a stolen access token must not allow.</summary>
internal sealed class PasswordCheck(
    IdentityDatabase database,
    AttemptCounters counters,
    IdentityLimits limits,
    PasswordLimiter passwords,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
)
{
    /// <summary>Verifies the password of the user whose session it is.</summary>
    /// <param name="user">The user that the access token names.</param>
    /// <param name="password">The password that the user entered.</param>
    /// <param name="field">The JSON name of the password's field.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <returns>The account; 401 if the session has ended, 422 if the password is wrong, 429 after too many attempts.</returns>
    public async ValueTask<ErrorOr<AccountRow>> CheckAsync(
        CurrentUser user,
        string password,
        string field,
        CancellationToken cancellationToken
    )
    {
        if (await ReadAsync(user, cancellationToken) is not { } account)
            return IdentityErrors.SessionEnded;

        // By session, not by account: guesses made elsewhere do not block this session, and a stolen token allows no guesses beyond it.
        Attempt[] attempt = [counters.Of(limits.Session, user.SessionId.ToString(CultureInfo.InvariantCulture))];
        var open = await counters.CheckAsync(attempt, cancellationToken);
        if (open.IsError)
            return open.Errors;

        var verdict = await passwords.VerifyAsync(
            PasswordCaller.Of(user),
            password,
            account.PasswordHash,
            turn => counters.CountAsync(attempt, turn),
            cancellationToken
        );
        if (verdict.IsError)
            return verdict.Errors;
        if (!verdict.Value)
        {
            await audit.RecordRefusalAsync(
                new AuditEntry(AuditAction.PasswordCheck, user.Id, user.Id) { SessionId = user.SessionId },
                cancellationToken
            );
            events.Refused(SecurityEvent.PasswordCheck, user.Id, user.SessionId);
            return Errors.Invalid(field, "The password is wrong.");
        }

        await counters.RefundAsync(attempt, cancellationToken);
        return account;
    }

    private async ValueTask<AccountRow?> ReadAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadOwnAccountAsync(user, clock.Now(), cancellationToken);
    }
}
