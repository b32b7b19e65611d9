using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.SecondFactors;

/// <summary>Asks a signed-in user for a code, before an operation that a stolen access token must not allow.</summary>
internal sealed class SecondFactorCheck(
    IdentityDatabase database,
    PasswordCheck password,
    SecondFactor secondFactor,
    SecondFactorAttempts attempts,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
)
{
    /// <summary>Verifies the password and the code, and changes the second factor in the transaction that spends the code.</summary>
    /// <param name="user">The user that the access token names.</param>
    /// <param name="entered">The password that the user entered, in the field <c>password</c>.</param>
    /// <param name="code">The code that the user entered, in the field <c>totp_code</c>.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <returns>401 if the session has ended, 404 if the second factor is off, 422 if an entry is wrong, 429 after too many.</returns>
    public async ValueTask<ErrorOr<Success>> WithBothFactorsAsync(
        CurrentUser user,
        string entered,
        string code,
        Func<UnitOfWork, ValueTask> change,
        CancellationToken cancellationToken
    )
    {
        var account = await password.CheckAsync(user, entered, field: "password", cancellationToken);
        if (account.IsError)
            return account.Errors;
        if (!account.Value.SecondFactor)
            return SecondFactorErrors.Off;

        return await WithCodeAsync(user, code, change, cancellationToken);
    }

    /// <summary>Verifies the code alone, and makes a change in the transaction that spends it.</summary>
    public async ValueTask<ErrorOr<Success>> WithCodeAsync(
        CurrentUser user,
        string code,
        Func<UnitOfWork, ValueTask> change,
        CancellationToken cancellationToken
    )
    {
        // Before the transaction, so that the count stays when the transaction is rolled back.
        var attempt = attempts.InSession(user);
        var counted = await attempt.CountAsync(cancellationToken);
        if (counted.IsError)
            return counted;

        await using var work = await database.BeginAsync(cancellationToken);
        if (await work.LockOwnUserAsync(user, clock.Now(), cancellationToken) is null)
            return IdentityErrors.SessionEnded;
        if (!await secondFactor.SpendAsync(work, user.Id, user.SessionId, code, cancellationToken))
        {
            await work.DisposeAsync();
            var refusal = new AuditEntry(AuditAction.SecondFactorCheck, user.Id, user.Id) { SessionId = user.SessionId };
            await audit.RecordRefusalAsync(refusal, cancellationToken);
            events.Refused(SecurityEvent.SecondFactorCheck, user.Id, user.SessionId);
            return SecondFactorErrors.Wrong("totp_code");
        }

        await change(work);
        await attempt.RefundAsync(work, cancellationToken);
        await work.CommitAsync();
        return Result.Success;
    }
}
