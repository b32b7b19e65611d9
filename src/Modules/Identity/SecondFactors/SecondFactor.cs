using System.Globalization;
using System.Security.Cryptography;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Users;
using Microsoft.Extensions.Logging;

namespace Kumiko.Identity.SecondFactors;

/// <summary>Verifies codes of authenticator apps, and recovery codes. Each is accepted once.</summary>
internal sealed partial class SecondFactor(
    TotpCipher cipher,
    AccountMails mails,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock,
    ILogger<SecondFactor> logger
)
{
    /// <summary>The longest code that anybody reads, however it is spelled.</summary>
    public const int MaxCode = 64;

    /// <summary>Spends a code, in the transaction of what it allows. Count the attempt before.</summary>
    /// <param name="work">The transaction; without a commit the code stays good.</param>
    /// <param name="userId">The user.</param>
    /// <param name="sessionId">The session that the user has; null at sign-in.</param>
    /// <param name="code">Six digits of the app, or a recovery code.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <returns>Whether the code was right and not used before.</returns>
    public async ValueTask<bool> SpendAsync(UnitOfWork work, long userId, long? sessionId, string code, CancellationToken cancellationToken)
    {
        if (TotpSecret.Digits(code) is { } digits)
            return await work.ReadTotpAsync(userId, cancellationToken) is { } totp
                && FindStep(totp, digits) is { } step
                && await work.SpendStepAsync(totp, step, cancellationToken);

        if (RecoveryCode.FindHash(code) is not { } hash || !await work.SpendRecoveryCodeAsync(userId, hash, cancellationToken))
            return false;

        var user = await work.ReadUserAsync(userId, cancellationToken);
        var left = await work.CountRecoveryCodesAsync(userId, cancellationToken);
        (string, string)[] values = [("left", left.ToString(CultureInfo.InvariantCulture))];
        await mails.NotifyAsync(work, user, MailTemplate.RecoveryCodeUsed, values, cancellationToken);
        audit.Record(work, new AuditEntry(AuditAction.RecoveryCodeUse, userId, userId) { SessionId = sessionId });
        work.AfterCommit(() => events.Succeeded(SecurityEvent.RecoveryCodeUse, userId, sessionId));
        return true;
    }

    /// <summary>The step that a code of this secret belongs to; null if the code is wrong.</summary>
    public long? FindStep(TotpRow totp, string digits)
    {
        try
        {
            return cipher.Decrypt(totp.SealedSecret, totp.UserId).FindStep(digits, clock.GetUtcNow());
        }
        catch (CryptographicException)
        {
            // The user can still sign in with a recovery code.
            LogUnreadable(logger, totp.UserId);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "The TOTP secret of user {UserId} cannot be decrypted: check Security:Key (or Security:KeyFile).")]
    private static partial void LogUnreadable(ILogger logger, long userId);
}
