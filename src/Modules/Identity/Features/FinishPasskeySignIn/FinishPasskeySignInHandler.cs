using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.SignIns;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.FinishPasskeySignIn;

/// <summary>Begins a session of the user whose passkey it is.</summary>
/// <param name="Answer">The authenticator's answer; null if it is malformed.</param>
/// <param name="TokenDelivery">Where the refresh token goes.</param>
/// <param name="Client">The client.</param>
internal sealed record FinishPasskeySignIn(PasskeyAssertion? Answer, string? TokenDelivery, SignInClient Client)
    : ICommand<ErrorOr<IssuedTokens>>;

internal sealed class FinishPasskeySignInHandler(
    IdentityDatabase database,
    PasskeyAttempts attempts,
    PasskeyCheck check,
    KnownDevices devices,
    AccountSettings settings,
    SignInCompletion completion,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<FinishPasskeySignIn, ErrorOr<IssuedTokens>>
{
    public async ValueTask<ErrorOr<IssuedTokens>> Handle(FinishPasskeySignIn command, CancellationToken cancellationToken)
    {
        var answer = command.Answer!;
        var address = ClientAddress.Of(command.Client.Address);
        var device = devices.Hash(command.Client.DeviceToken, address);
        var account = await ReadAccountAsync(answer, device, cancellationToken);
        // Before the transaction, so that the count stays if nothing comes of it.
        var attempt = attempts.AtSignIn(address, account?.Id, account?.KnowsDevice == true ? device : null);
        var counted = await attempt.CountAsync(cancellationToken);
        if (counted.IsError)
            return counted.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        var verdict = await check.VerifyAsync(work, answer, cancellationToken);
        if (verdict.IsError)
            return verdict.Errors;
        if (verdict.Value is not { } passkey || await work.LockUserAsync(passkey.UserId, cancellationToken) is not { } user)
            return await RefuseAsync(work, account?.Id, PasskeyReason.SignIn, cancellationToken);

        var now = clock.Now();
        if (!await work.RecordUseAsync(passkey, now, cancellationToken))
            return await RefuseAsync(work, user.Id, PasskeyReason.Copied, cancellationToken);
        if (await work.IsDisabledAsync(user.Id, cancellationToken))
        {
            await RefuseAsync(work, user.Id, PasskeyReason.SignIn, cancellationToken);
            return IdentityErrors.AccountDisabled;
        }

        if (!user.EmailVerified && settings.RequireVerifiedEmail == VerifiedEmailRule.ToSignIn)
        {
            await RefuseAsync(work, user.Id, PasskeyReason.Unverified, cancellationToken);
            return IdentityErrors.EmailUnverified;
        }

        var tokens = await completion.BeginAsync(
            work,
            user,
            command.Client,
            device,
            isNewDevice: account is { KnowsDevice: false, KnowsDevices: true },
            Authentication.ByPasskey(now),
            PasskeyReason.SignIn,
            cancellationToken
        );
        await attempt.RefundAsync(work, cancellationToken);
        await work.CommitAsync();
        return tokens;
    }

    // The challenge stays spent.
    private async ValueTask<Error> RefuseAsync(UnitOfWork work, long? userId, string reason, CancellationToken cancellationToken)
    {
        await work.CommitAsync();
        await work.DisposeAsync();
        var refusal = new AuditEntry(AuditAction.SignIn, ActorId: null, userId) { Details = reason };
        await audit.RecordRefusalAsync(refusal, cancellationToken);
        events.Refused(SecurityEvent.SignIn, userId, reason: reason);
        return PasskeyErrors.WrongAtSignIn;
    }

    private async ValueTask<AccountRow?> ReadAccountAsync(PasskeyAssertion answer, byte[] device, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAccountOfPasskeyAsync(answer.CredentialId, device, cancellationToken);
    }
}
