using Kumiko.Identity.Attempts;
using Kumiko.Identity.Emails;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ResendVerification;

/// <summary>Sends the mail again that proves the user's address.</summary>
internal sealed record ResendVerification(CurrentUser User) : ICommand<ErrorOr<Success>>;

internal sealed class ResendVerificationHandler(
    IdentityDatabase database,
    MailAttempts attempts,
    VerificationMails verifications,
    TimeProvider clock
) : ICommandHandler<ResendVerification, ErrorOr<Success>>
{
    public async ValueTask<ErrorOr<Success>> Handle(ResendVerification command, CancellationToken cancellationToken)
    {
        if (await database.ReadOwnUserAsync(command.User, clock.Now(), cancellationToken) is not { } before)
            return IdentityErrors.SessionEnded;
        if (IsProved(before))
            return Result.Success;

        var key = EmailAddresses.Key(before.PendingEmail ?? before.Email);
        if (await attempts.CountAsync(key, before.Id, cancellationToken) is { IsError: true } tooMany)
            return tooMany.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        if (await work.LockOwnUserAsync(command.User, clock.Now(), cancellationToken) is not { } user)
            return IdentityErrors.SessionEnded;

        if (!IsProved(user))
            await verifications.SendAsync(work, user, cancellationToken);
        await work.CommitAsync();
        return Result.Success;
    }

    private static bool IsProved(UserRow user) => user is { PendingEmail: null, EmailVerified: true };
}
