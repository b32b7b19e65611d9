using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.Reauthenticate;

/// <summary>Records that a signed-in user has proved again who they are.</summary>
/// <param name="Password">The password, or empty.</param>
/// <param name="TotpCode">A code of the app or a recovery code, or empty.</param>
/// <param name="User">The user.</param>
/// <param name="HasPasskey">Whether the user shows a passkey.</param>
/// <param name="Passkey">The passkey's answer; null if it is malformed.</param>
internal sealed record Reauthenticate(
    string Password,
    string TotpCode,
    CurrentUser User,
    bool HasPasskey = false,
    PasskeyAssertion? Passkey = null
) : ICommand<ErrorOr<TokenResponse>>;

internal sealed class ReauthenticateHandler(
    IdentityDatabase database,
    PasswordCheck password,
    SecondFactorCheck secondFactor,
    PasskeyCheck passkeys,
    SecondFactorAttempts attempts,
    AccessTokens accessTokens,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<Reauthenticate, ErrorOr<TokenResponse>>
{
    public async ValueTask<ErrorOr<TokenResponse>> Handle(Reauthenticate command, CancellationToken cancellationToken)
    {
        if (await database.ReadOwnUserAsync(command.User, clock.Now(), cancellationToken) is not { } user)
            return IdentityErrors.SessionEnded;

        // The highest factor that the account has. The session began with the password, or with more.
        var proved =
            command.HasPasskey ? await ProveByPasskeyAsync(command, cancellationToken)
            : user.SecondFactor ? await ProveByCodeAsync(command, cancellationToken)
            : user.Passkeys > 0 ? PasskeyErrors.Required
            : await ProveByPasswordAsync(command, cancellationToken);
        if (proved.IsError)
            return proved.Errors;

        events.Succeeded(SecurityEvent.Reauthentication, user.Id, command.User.SessionId);
        return TokenResponse.Of(accessTokens.Issue(user, command.User.SessionId, proved.Value), user);
    }

    private async ValueTask<ErrorOr<Authentication>> ProveByPasskeyAsync(Reauthenticate command, CancellationToken cancellationToken)
    {
        // Before the transaction, so that the count stays if nothing comes of it.
        var attempt = attempts.InSession(command.User);
        var counted = await attempt.CountAsync(cancellationToken);
        if (counted.IsError)
            return counted.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        var verdict = await passkeys.VerifyAsync(work, command.Passkey!, cancellationToken);
        if (verdict.IsError)
            return verdict.Errors;

        var now = clock.Now();
        if (await work.LockOwnUserAsync(command.User, now, cancellationToken) is not { } user)
            return IdentityErrors.SessionEnded;
        if (verdict.Value is not { } passkey || passkey.UserId != user.Id)
            return await RefuseAsync(work, command.User, reason: null, cancellationToken);
        if (!await work.RecordUseAsync(passkey, now, cancellationToken))
            return await RefuseAsync(work, command.User, PasskeyReason.Copied, cancellationToken);

        var authentication = Authentication.ByPasskey(now);
        await work.RenewAuthenticationAsync(command.User, authentication, now, cancellationToken);
        await attempt.RefundAsync(work, cancellationToken);
        await work.CommitAsync();
        return authentication;
    }

    // The challenge stays spent.
    private async ValueTask<Error> RefuseAsync(UnitOfWork work, CurrentUser user, string? reason, CancellationToken cancellationToken)
    {
        await work.CommitAsync();
        await work.DisposeAsync();
        var refusal = new AuditEntry(AuditAction.PasskeyCheck, user.Id, user.Id) { SessionId = user.SessionId, Details = reason };
        await audit.RecordRefusalAsync(refusal, cancellationToken);
        events.Refused(SecurityEvent.PasskeyCheck, user.Id, user.SessionId, reason: reason);
        return PasskeyErrors.Wrong("passkey");
    }

    private async ValueTask<ErrorOr<Authentication>> ProveByCodeAsync(Reauthenticate command, CancellationToken cancellationToken)
    {
        if (command.TotpCode.Length == 0)
            return SecondFactorErrors.Required;

        var now = clock.Now();
        var authentication = Authentication.BySecondFactor(now);
        var done = await secondFactor.WithCodeAsync(
            command.User,
            command.TotpCode,
            async work => await work.RenewAuthenticationAsync(command.User, authentication, now, cancellationToken),
            cancellationToken
        );
        return done.IsError ? done.Errors : authentication;
    }

    private async ValueTask<ErrorOr<Authentication>> ProveByPasswordAsync(Reauthenticate command, CancellationToken cancellationToken)
    {
        if (command.Password.Length == 0)
            return Errors.Invalid("password", "This account has no second factor: enter the password.");

        var account = await password.CheckAsync(command.User, command.Password, field: "password", cancellationToken);
        if (account.IsError)
            return account.Errors;

        var now = clock.Now();
        var authentication = Authentication.ByPassword(now);
        await using var work = await database.BeginAsync(cancellationToken);
        // A password change since the check has ended the session.
        if (!await work.RenewAuthenticationAsync(command.User, authentication, now, cancellationToken))
            return IdentityErrors.SessionEnded;

        await work.CommitAsync();
        return authentication;
    }
}
