using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Mediator;

namespace Kumiko.Identity.Features.SignIn;

internal sealed class SignInHandler(
    IdentityDatabase database,
    SignInAttempts attempts,
    PasswordLane passwords,
    KnownDevices devices,
    SessionStart start,
    SessionEnd end,
    EmailHash emails,
    SecurityEvents events,
    TimeProvider clock
) : ICommandHandler<SignInRequest, ErrorOr<TokenResponse>>
{
    public async ValueTask<ErrorOr<TokenResponse>> Handle(SignInRequest request, CancellationToken cancellation)
    {
        var email = request.Email!.Trim();
        var emailKey = Names.EmailKey(email);
        var device = devices.Hash(request.DeviceToken, request.ClientAddress);
        var account = await ReadAccountAsync(email, device, cancellation);
        var attempt = attempts.Of(emailKey, request.ClientAddress, account?.KnowsDevice == true ? device : null);
        var open = await attempt.CheckAsync(cancellation);
        if (open.IsError)
            return open.Errors;

        var verdict = await passwords.VerifyAsync(
            attempt.Caller,
            request.Password!,
            account?.PasswordHash,
            attempt.CountAsync,
            cancellation
        );
        if (verdict.IsError)
            return verdict.Errors;
        if (account is null || !verdict.Value)
            return Refuse(account, emailKey);

        var strongerHash = await RehashAsync(attempt.Caller, request.Password!, account.PasswordHash, cancellation);
        await using var work = await database.BeginAsync(cancellation);
        // The password may have been changed since it was verified, and that ended every session: none may begin with the old one.
        var user = await work.LockUserToSignInAsync(account.Id, account.PasswordHash, cancellation);
        if (user is null)
            return Refuse(account, emailKey);
        if (strongerHash is not null)
            await work.ReplaceHashAsync(user.Id, strongerHash, cancellation);

        var now = clock.Now();
        if (
            request.HeldToken is not null
            && await work.FindHeldSessionAsync(RefreshToken.Hash(request.HeldToken), cancellation) is { } held
        )
            await end.EndAsync(work, held.UserId, [held.Id], SessionEndReason.SignedInAgain, cancellation);
        var tokens = await start.BeginAsync(work, user, request.Device, request.Address, now, cancellation);
        await attempt.GiveBackAsync(work, cancellation);
        await KnownDevices.NoteAsync(work, user.Id, device, now, cancellation);
        work.AfterCommit(() => events.Succeeded(SecurityEvent.SignIn, user.Id, tokens.SessionId));
        await work.CommitAsync();
        return tokens;
    }

    private Error Refuse(AccountRow? account, string emailKey)
    {
        events.Refused(SecurityEvent.SignIn, account?.Id, account: emails.Of(emailKey));
        return Failures.SignedOut("The e-mail address or the password is wrong.");
    }

    private async ValueTask<AccountRow?> ReadAccountAsync(string email, byte[] device, CancellationToken cancellation)
    {
        // Given back before the password waits for its turn.
        await using var session = await database.OpenAsync(cancellation);
        return await session.ReadAccountAsync(email, device, cancellation);
    }

    private async ValueTask<string?> RehashAsync(PasswordCaller caller, string password, string hash, CancellationToken cancellation)
    {
        if (!PasswordHash.NeedsRehash(hash))
            return null;

        // With the queue full the old hash does for now; the next sign-in tries again.
        var stronger = await passwords.HashAsync(caller, password, count: null, cancellation);
        return stronger.IsError ? null : stronger.Value;
    }
}
