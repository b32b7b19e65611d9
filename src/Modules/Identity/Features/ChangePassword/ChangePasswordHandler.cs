using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Sessions;
using Mediator;

namespace Kumiko.Identity.Features.ChangePassword;

internal sealed class ChangePasswordHandler(
    IdentityDatabase database,
    PasswordCheck password,
    PasswordLane passwords,
    KnownDevices devices,
    SessionStart start,
    SessionEnd end,
    SecurityEvents events,
    TimeProvider clock
) : ICommandHandler<ChangePasswordRequest, ErrorOr<TokenResponse>>
{
    public async ValueTask<ErrorOr<TokenResponse>> Handle(ChangePasswordRequest request, CancellationToken cancellation)
    {
        var account = await password.CheckAsync(request.User, request.CurrentPassword!, field: "current_password", cancellation);
        if (account.IsError)
            return account.Errors;
        if (PasswordContext.Suggests(request.NewPassword!, account.Value.Email, account.Value.Username))
            return Failures.Invalid("new_password", PasswordContext.Refusal);

        var hash = await passwords.HashAsync(PasswordCaller.Of(request.User), request.NewPassword!, count: null, cancellation);
        if (hash.IsError)
            return hash.Errors;

        await using var work = await database.BeginAsync(cancellation);
        if (
            !await work.ReplacePasswordAsync(account.Value, hash.Value, cancellation)
            || await work.ReadOwnSessionAsync(request.User, clock.Now(), cancellation) is not { } session
        )
        {
            return IdentityFailures.SessionEnded;
        }

        // This session too: it goes on under another id, so that none of its tokens of before is good for anything, whoever holds a copy.
        await end.EndAsync(
            work,
            request.User.Id,
            await work.ReadSessionIdsAsync(request.User.Id, cancellation),
            SessionEndReason.PasswordChange,
            cancellation
        );
        var user = await work.ReadUserAsync(request.User.Id, cancellation);
        var tokens = await start.BeginAsync(work, user, session.Device, session.Address, session.CreatedAt, cancellation);
        var device = devices.Hash(request.DeviceToken, request.ClientAddress);
        await KnownDevices.ForgetOthersAsync(work, user.Id, device, cancellation);
        await KnownDevices.NoteAsync(work, user.Id, device, clock.Now(), cancellation);
        work.AfterCommit(() => events.Succeeded(SecurityEvent.PasswordChange, user.Id, tokens.SessionId));
        await work.CommitAsync();
        return tokens;
    }
}
