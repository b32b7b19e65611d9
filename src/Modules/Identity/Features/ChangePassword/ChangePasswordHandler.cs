using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ChangePassword;

/// <summary>Changes the user's own password.</summary>
/// <param name="CurrentPassword">The password until now.</param>
/// <param name="NewPassword">The password from now on.</param>
/// <param name="TokenDelivery">Where the new refresh token goes.</param>
/// <param name="User">The user.</param>
/// <param name="ClientAddress">The origin of the request, as limits count it.</param>
/// <param name="DeviceToken">Identifies the browser; null for a client without cookies.</param>
internal sealed record ChangePassword(
    string CurrentPassword,
    string NewPassword,
    string? TokenDelivery,
    CurrentUser User,
    string ClientAddress,
    string? DeviceToken
) : ICommand<ErrorOr<IssuedTokens>>;

internal sealed class ChangePasswordHandler(
    IdentityDatabase database,
    PasswordCheck password,
    NewPassword newPassword,
    KnownDevices devices,
    SessionStart start,
    SessionEnd sessions,
    AccountMails mails,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<ChangePassword, ErrorOr<IssuedTokens>>
{
    public async ValueTask<ErrorOr<IssuedTokens>> Handle(ChangePassword command, CancellationToken cancellationToken)
    {
        var account = await password.CheckAsync(command.User, command.CurrentPassword, field: "current_password", cancellationToken);
        if (account.IsError)
            return account.Errors;
        if (PasswordContext.IsTooSimilar(command.NewPassword, account.Value.Email, account.Value.Username))
            return Errors.Invalid("new_password", PasswordContext.Refusal);

        var hash = await newPassword.HashAsync(
            PasswordCaller.Of(command.User),
            command.NewPassword,
            field: "new_password",
            count: null,
            cancellationToken
        );
        if (hash.IsError)
            return hash.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        if (
            !await work.ReplacePasswordAsync(account.Value, hash.Value, cancellationToken)
            || await work.ReadOwnSessionAsync(command.User, clock.Now(), cancellationToken) is not { } session
        )
        {
            return IdentityErrors.SessionEnded;
        }

        // Ends this session too: it continues under a new id, so that copies of its earlier tokens are worthless.
        await sessions.EndAllAsync(work, command.User.Id, SessionEndReason.PasswordChange, cancellationToken);
        var user = await work.ReadUserAsync(command.User.Id, cancellationToken);
        // The password alone does not renew the proof: the account may have a second factor.
        var tokens = await start.BeginAsync(
            work,
            user,
            session.Device,
            session.Address,
            session.Remembered,
            session.CreatedAt,
            session.Authentication,
            cancellationToken
        );
        var device = devices.Hash(command.DeviceToken, command.ClientAddress);
        await KnownDevices.ForgetOthersAsync(work, user.Id, device, cancellationToken);
        await KnownDevices.RememberAsync(work, user.Id, device, clock.Now(), cancellationToken);
        // Or somebody who reads an older mail could choose yet another password.
        await OneTimeSecrets.VoidAsync(work, user.Id, [SecretKind.ResetPassword], cancellationToken);
        await mails.NotifyAsync(work, user, MailTemplate.PasswordChanged, [], cancellationToken);
        audit.Record(work, new AuditEntry(AuditAction.PasswordChange, user.Id, user.Id) { SessionId = tokens.SessionId });
        work.AfterCommit(() => events.Succeeded(SecurityEvent.PasswordChange, user.Id, tokens.SessionId));
        await work.CommitAsync();
        return tokens;
    }
}
