using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ResetPassword;

/// <summary>Chooses a new password without the old one.</summary>
/// <param name="Token">The secret that was sent to the account's address.</param>
/// <param name="NewPassword">The password from now on.</param>
/// <param name="TotpCode">A code of the second factor, or a recovery code.</param>
/// <param name="ClientAddress">The origin of the request, as limits count it.</param>
/// <param name="DeviceToken">Identifies the browser.</param>
internal sealed record ResetPassword(string Token, string NewPassword, string? TotpCode, string ClientAddress, string? DeviceToken)
    : ICommand<ErrorOr<Success>>;

internal sealed class ResetPasswordHandler(
    IdentityDatabase database,
    OneTimeSecrets secrets,
    NewPassword newPassword,
    SecondFactorAttempts codeAttempts,
    SecondFactor secondFactor,
    KnownDevices devices,
    SessionEnd sessions,
    AccountMails mails,
    AuditTrail audit,
    SecurityEvents events,
    TimeProvider clock
) : ICommandHandler<ResetPassword, ErrorOr<Success>>
{
    public async ValueTask<ErrorOr<Success>> Handle(ResetPassword command, CancellationToken cancellationToken)
    {
        // Before the hash: without a secret nobody may cause one, and a refused password does not spend it.
        if (await ReadUserAsync(command.Token, cancellationToken) is not { } before)
            return IdentityErrors.LinkVoid;
        if (PasswordContext.IsTooSimilar(command.NewPassword, before.Email, before.Username))
            return Errors.Invalid("new_password", PasswordContext.Refusal);

        var asks = AsksForCode(before);
        if (asks && command.TotpCode is null)
            return SecondFactorErrors.Required;

        var code = codeAttempts.AtReset(before.Id, command.ClientAddress);
        if (asks && await code.CheckAsync(cancellationToken) is { IsError: true } blocked)
            return blocked.Errors;

        var caller = new PasswordCaller($"user {before.Id}", IsKnown: true);
        var hash = await newPassword.HashAsync(caller, command.NewPassword, field: "new_password", count: null, cancellationToken);
        if (hash.IsError)
            return hash.Errors;

        // Before the transaction, so that the count stays when that is rolled back.
        if (asks && await code.CountAsync(cancellationToken) is { IsError: true } tooMany)
            return tooMany.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        if (
            await secrets.SpendAsync(work, SecretKind.ResetPassword, command.Token, cancellationToken) is not { } secret
            || await work.LockUserAsync(secret.UserId, cancellationToken) is not { } user
            || secret.Email != user.Email
            || await work.IsDisabledAsync(user.Id, cancellationToken)
        )
        {
            return IdentityErrors.LinkVoid;
        }

        if (
            AsksForCode(user)
            && !(asks && await secondFactor.SpendAsync(work, user.Id, sessionId: null, command.TotpCode!, cancellationToken))
        )
        {
            await work.DisposeAsync();
            return await RefuseCodeAsync(user.Id, wasCounted: asks, cancellationToken);
        }

        var now = clock.Now();
        // A pending address may be a thief's, who knew the old password.
        var changed = user with
        {
            EmailVerified = true,
            PendingEmail = null,
            Version = user.Version + 1,
            UpdatedAt = now,
        };
        await work.ReplacePasswordAsync(changed, hash.Value, cancellationToken);
        await OneTimeSecrets.VoidAsync(work, user.Id, [SecretKind.VerifyEmail], cancellationToken);
        if (!user.EmailVerified)
            await ForgetStrangerAsync(work, user.Id, cancellationToken);
        await sessions.EndAllAsync(work, user.Id, SessionEndReason.PasswordReset, cancellationToken);
        var device = devices.Hash(command.DeviceToken, command.ClientAddress);
        await KnownDevices.ForgetOthersAsync(work, user.Id, device, cancellationToken);
        await KnownDevices.RememberAsync(work, user.Id, device, now, cancellationToken);
        if (asks)
            await code.RefundAsync(work, cancellationToken);
        await mails.NotifyAsync(work, changed, MailTemplate.PasswordChanged, [], cancellationToken);
        audit.Record(work, new AuditEntry(AuditAction.PasswordChange, user.Id, user.Id));
        work.AfterCommit(() => events.Succeeded(SecurityEvent.PasswordReset, user.Id));
        await work.CommitAsync();
        return Result.Success;
    }

    // Until now nobody had proved the address: whoever registered it may be somebody else, whose second factor and passkeys would keep the
    // owner of the address out and let that person in.
    private static async ValueTask ForgetStrangerAsync(UnitOfWork work, long userId, CancellationToken cancellationToken)
    {
        await work.DeleteTotpAsync(userId, cancellationToken);
        await work.DeleteRecoveryCodesAsync(userId, cancellationToken);
        await work.DeletePasskeysAsync(userId, cancellationToken);
    }

    // Until the address is proved, the second factor may be a stranger's, and goes with the password.
    private static bool AsksForCode(UserRow user) => user.SecondFactor && user.EmailVerified;

    private async ValueTask<Error> RefuseCodeAsync(long userId, bool wasCounted, CancellationToken cancellationToken)
    {
        // The second factor was turned on after the account was read: no code was counted, so none was verified.
        if (!wasCounted)
            return SecondFactorErrors.Required;

        await audit.RecordRefusalAsync(new AuditEntry(AuditAction.SecondFactorCheck, ActorId: null, userId), cancellationToken);
        events.Refused(SecurityEvent.SecondFactorCheck, userId);
        return SecondFactorErrors.WrongAtSignIn;
    }

    private async ValueTask<UserRow?> ReadUserAsync(string token, CancellationToken cancellationToken)
    {
        // Returns the connection before the password waits for its turn.
        await using var session = await database.OpenAsync(cancellationToken);
        return await secrets.ReadAsync(session, SecretKind.ResetPassword, token, cancellationToken) is { } secret
            ? await session.ReadUserToResetAsync(secret.UserId, cancellationToken)
            : null;
    }
}
