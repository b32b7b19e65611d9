using System.Net;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Emails;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.SignIns;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.SignIn;

/// <summary>Begins a session.</summary>
/// <param name="Email">The account's e-mail address.</param>
/// <param name="Password">The account's password.</param>
/// <param name="TotpCode">A code of the second factor, or a recovery code.</param>
/// <param name="TokenDelivery">Where the refresh token goes.</param>
/// <param name="Device">The name that the client gives itself.</param>
/// <param name="ClientAddress">The origin of the request.</param>
/// <param name="DeviceToken">Identifies the browser; null for a client without cookies.</param>
/// <param name="PreviousToken">The refresh token of the session that the browser had until now.</param>
/// <param name="Language">The language that the client prefers, if mails are written in it.</param>
/// <param name="IsRemembered">Whether the user wants to stay signed in.</param>
/// <param name="ResendVerification">Whether to send the mail again that proves the address, if it has to be proved first.</param>
internal sealed record SignIn(
    string Email,
    string Password,
    string? TotpCode,
    string? TokenDelivery,
    string? Device,
    IPAddress? ClientAddress,
    string? DeviceToken,
    string? PreviousToken,
    string? Language = null,
    bool IsRemembered = true,
    bool ResendVerification = false
) : ICommand<ErrorOr<IssuedTokens>>;

internal sealed class SignInHandler(
    IdentityDatabase database,
    SignInAttempts attempts,
    SecondFactorAttempts codeAttempts,
    SecondFactor secondFactor,
    PasswordLimiter passwords,
    KnownDevices devices,
    SignInCompletion completion,
    AccountSettings settings,
    MailAttempts mailAttempts,
    VerificationMails verifications,
    EmailHash emails,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<SignIn, ErrorOr<IssuedTokens>>
{
    public async ValueTask<ErrorOr<IssuedTokens>> Handle(SignIn command, CancellationToken cancellationToken)
    {
        var emailKey = EmailAddresses.Key(command.Email.Trim());
        var counted = ClientAddress.Of(command.ClientAddress);
        var device = devices.Hash(command.DeviceToken, counted);
        var account = await ReadAccountAsync(emailKey, device, cancellationToken);
        var knownDevice = account?.KnowsDevice == true ? device : null;
        var attempt = attempts.Of(emailKey, counted, knownDevice);
        var open = await attempt.CheckAsync(cancellationToken);
        if (open.IsError)
            return open.Errors;

        var verdict = await passwords.VerifyAsync(
            attempt.Caller,
            command.Password,
            account?.PasswordHash,
            attempt.CountAsync,
            cancellationToken
        );
        if (verdict.IsError)
            return verdict.Errors;
        // Where a registration must not reveal that an address is taken, neither must a sign-in.
        if (account is null || !verdict.Value || (!settings.RevealTakenEmails && !account.EmailVerified))
            return await RefuseAsync(account, emailKey, cancellationToken);

        if (settings.RequireVerifiedEmail == VerifiedEmailRule.ToSignIn && !account.EmailVerified)
            return await AskToVerifyAsync(command, account, attempt, cancellationToken);

        var code = codeAttempts.AtSignIn(account.Id, counted, knownDevice);
        if (account.SecondFactor && await AskForCodeAsync(command, account, attempt, code, cancellationToken) is { IsError: true } noCode)
            return noCode.Errors;

        var strongerHash = await RehashAsync(attempt.Caller, command.Password, account.PasswordHash, cancellationToken);
        await using var work = await database.BeginAsync(cancellationToken);
        // The password may have changed since it was verified, which ended every session: no session may begin with the old password.
        var user = await work.LockUserToSignInAsync(account.Id, account.PasswordHash, cancellationToken);
        if (user is null)
        {
            await work.DisposeAsync();
            return await RefuseAsync(account, emailKey, cancellationToken);
        }

        if (await work.IsDisabledAsync(user.Id, cancellationToken))
        {
            await work.DisposeAsync();
            await RefuseAsync(account, emailKey, cancellationToken);
            return IdentityErrors.AccountDisabled;
        }

        if (
            user.SecondFactor
            && !(
                account.SecondFactor && await secondFactor.SpendAsync(work, user.Id, sessionId: null, command.TotpCode!, cancellationToken)
            )
        )
            return await RefuseCodeAsync(work, account, attempt, cancellationToken);
        if (strongerHash is not null)
            await work.ReplaceHashAsync(user.Id, strongerHash, cancellationToken);

        var now = clock.Now();
        var tokens = await completion.BeginAsync(
            work,
            user,
            new SignInClient(
                command.Device,
                command.ClientAddress,
                command.DeviceToken,
                command.PreviousToken,
                command.Language,
                command.IsRemembered
            ),
            device,
            // The first device is that of the registration.
            isNewDevice: account is { KnowsDevice: false, KnowsDevices: true },
            user.SecondFactor ? Authentication.BySecondFactor(now) : Authentication.ByPassword(now),
            way: null,
            cancellationToken
        );
        await attempt.RefundAsync(work, cancellationToken);
        if (user.SecondFactor)
            await code.RefundAsync(work, cancellationToken);
        await work.CommitAsync();
        return tokens;
    }

    private async ValueTask<Error> RefuseAsync(AccountRow? account, string emailKey, CancellationToken cancellationToken)
    {
        // For an unknown address as well: it must take the same time.
        await audit.RecordRefusalAsync(new AuditEntry(AuditAction.SignIn, ActorId: null, account?.Id), cancellationToken);
        events.Refused(SecurityEvent.SignIn, account?.Id, account: emails.Of(emailKey));
        return Errors.Unauthorized("The e-mail address or the password is wrong.");
    }

    // Before the second factor is asked for: it would be asked for again after the address is proved. The password was right, so it was not
    // a failure.
    private async ValueTask<Error> AskToVerifyAsync(
        SignIn command,
        AccountRow account,
        HashAttempt attempt,
        CancellationToken cancellationToken
    )
    {
        await attempt.RefundAsync(cancellationToken);
        if (
            command.ResendVerification
            && await mailAttempts.CountAsync(account.EmailKey, account.Id, cancellationToken) is { IsError: true } tooMany
        )
            return tooMany.FirstError;

        await using var work = await database.BeginAsync(cancellationToken);
        if (await work.LockUserToSignInAsync(account.Id, account.PasswordHash, cancellationToken) is not { } user)
        {
            await work.DisposeAsync();
            return await RefuseAsync(account, account.EmailKey, cancellationToken);
        }

        var isDisabled = await work.IsDisabledAsync(user.Id, cancellationToken);
        if (command.ResendVerification && !isDisabled)
            await verifications.SendAsync(work, user with { Language = command.Language ?? user.Language }, cancellationToken);
        work.AfterCommit(() => events.Refused(SecurityEvent.SignIn, user.Id, account: emails.Of(account.EmailKey), reason: "unverified"));
        await work.CommitAsync();
        return isDisabled ? IdentityErrors.AccountDisabled : IdentityErrors.EmailUnverified;
    }

    // The password was right, so it was not a failure, whatever becomes of the code. Codes have a count of their own, which the password
    // alone does not lower.
    private async ValueTask<ErrorOr<Success>> AskForCodeAsync(
        SignIn command,
        AccountRow account,
        HashAttempt attempt,
        CodeAttempt code,
        CancellationToken cancellationToken
    )
    {
        var counted = command.TotpCode is null ? SecondFactorErrors.Required : await code.CountAsync(cancellationToken);
        if (!counted.IsError)
            return counted;

        await attempt.RefundAsync(cancellationToken);
        if (command.TotpCode is null)
            events.Succeeded(SecurityEvent.SecondFactorRequest, account.Id);
        return counted;
    }

    private async ValueTask<Error> RefuseCodeAsync(
        UnitOfWork work,
        AccountRow account,
        HashAttempt attempt,
        CancellationToken cancellationToken
    )
    {
        await attempt.RefundAsync(work, cancellationToken);
        if (account.SecondFactor)
            audit.Record(
                work,
                new AuditEntry(AuditAction.SecondFactorCheck, ActorId: null, account.Id) { Outcome = SecurityOutcome.Refused }
            );
        await work.CommitAsync();
        // The second factor was turned on after the account was read: no code was counted, so none was verified.
        if (!account.SecondFactor)
            return SecondFactorErrors.Required;

        events.Refused(SecurityEvent.SecondFactorCheck, account.Id);
        return SecondFactorErrors.WrongAtSignIn;
    }

    private async ValueTask<AccountRow?> ReadAccountAsync(string emailKey, byte[] device, CancellationToken cancellationToken)
    {
        // Returns the connection before the password waits for its turn.
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAccountAsync(emailKey, device, cancellationToken);
    }

    private async ValueTask<string?> RehashAsync(PasswordCaller caller, string password, string hash, CancellationToken cancellationToken)
    {
        if (!passwords.NeedsRehash(hash))
            return null;

        // If the queue is full, keep the old hash; the next sign-in tries again.
        var stronger = await passwords.HashAsync(caller, password, count: null, cancellationToken);
        return stronger.IsError ? null : stronger.Value;
    }
}
