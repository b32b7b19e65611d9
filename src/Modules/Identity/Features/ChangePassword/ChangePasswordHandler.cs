using Kumiko.Identity.Attempts;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ChangePassword;

internal sealed class ChangePasswordHandler(
    IdentityDatabase database,
    PasswordCheck password,
    PasswordLimiter passwords,
    KnownDevices devices,
    SessionStart start,
    SessionEnd end,
    SecurityEvents events,
    TimeProvider clock
) : ICommandHandler<ChangePasswordRequest, ErrorOr<TokenResponse>>
{
    public async ValueTask<ErrorOr<TokenResponse>> Handle(ChangePasswordRequest request, CancellationToken cancellationToken)
    {
        var account = await password.CheckAsync(request.User, request.CurrentPassword!, field: "current_password", cancellationToken);
        if (account.IsError)
            return account.Errors;
        if (PasswordContext.Suggests(request.NewPassword!, account.Value.Email, account.Value.Username))
            return Errors.Invalid("new_password", PasswordContext.Refusal);

        var hash = await passwords.HashAsync(PasswordCaller.Of(request.User), request.NewPassword!, count: null, cancellationToken);
        if (hash.IsError)
            return hash.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        if (
            !await work.ReplacePasswordAsync(account.Value, hash.Value, cancellationToken)
            || await work.ReadOwnSessionAsync(request.User, clock.Now(), cancellationToken) is not { } session
        )
        {
            return IdentityErrors.SessionEnded;
        }

        // Ends this session too: it continues under a new id, so that copies of its earlier tokens are worthless.
        await end.EndAsync(
            work,
            request.User.Id,
            await work.ReadSessionIdsAsync(request.User.Id, cancellationToken),
            SessionEndReason.PasswordChange,
            cancellationToken
        );
        var user = await work.ReadUserAsync(request.User.Id, cancellationToken);
        var tokens = await start.BeginAsync(work, user, session.Device, session.Address, session.CreatedAt, cancellationToken);
        var device = devices.Hash(request.DeviceToken, request.ClientAddress);
        await KnownDevices.ForgetOthersAsync(work, user.Id, device, cancellationToken);
        await KnownDevices.NoteAsync(work, user.Id, device, clock.Now(), cancellationToken);
        work.AfterCommit(() => events.Succeeded(SecurityEvent.PasswordChange, user.Id, tokens.SessionId));
        await work.CommitAsync();
        return tokens;
    }
}
