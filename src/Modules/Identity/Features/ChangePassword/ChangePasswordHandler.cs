using ErrorOr;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Sessions;
using Mediator;

namespace Kumiko.Identity.Features.ChangePassword;

internal sealed class ChangePasswordHandler(IdentityDatabase database, PasswordCheck password, PasswordLane passwords, SessionEnd sessions)
    : ICommandHandler<ChangePasswordRequest, ErrorOr<Updated>>
{
    public async ValueTask<ErrorOr<Updated>> Handle(ChangePasswordRequest request, CancellationToken cancellation)
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
        if (!await work.ReplacePasswordAsync(account.Value, hash.Value, cancellation))
            return IdentityFailures.SessionEnded;

        var others = (await work.ReadSessionIdsAsync(request.User.Id, cancellation)).Where(id => id != request.User.SessionId);
        await sessions.EndAsync(work, request.User.Id, [.. others], cancellation);
        await work.CommitAsync();
        return Result.Updated;
    }
}
