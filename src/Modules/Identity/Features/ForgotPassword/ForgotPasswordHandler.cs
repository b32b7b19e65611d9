using Kumiko.Identity.Attempts;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ForgotPassword;

/// <summary>Mails a link that chooses a new password, if an account that is not disabled has the address.</summary>
/// <param name="Email">The address.</param>
/// <param name="ClientAddress">The origin of the request, as limits count it.</param>
/// <param name="Language">The language that the client prefers, if mails are written in it.</param>
internal sealed record ForgotPassword(string Email, string ClientAddress, string? Language) : ICommand<ErrorOr<Success>>;

internal sealed class ForgotPasswordHandler(
    IdentityDatabase database,
    MailAttempts attempts,
    AccountMails mails,
    EmailHash emails,
    SecurityEvents events
) : ICommandHandler<ForgotPassword, ErrorOr<Success>>
{
    public async ValueTask<ErrorOr<Success>> Handle(ForgotPassword command, CancellationToken cancellationToken)
    {
        var key = EmailAddresses.Key(command.Email);
        if (await attempts.CountAsync(key, command.ClientAddress, cancellationToken) is { IsError: true } tooMany)
            return tooMany.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        var account = await work.LockUserWithEmailAsync(key, cancellationToken);
        // For an unknown address, and for a disabled account, the same is read and written, so that the answer takes as long; nobody gets
        // that mail.
        var isDisabled = await work.IsDisabledAsync(account?.Id ?? 0, cancellationToken);
        var user = account is null || isDisabled ? UserRow.Nobody(command.Email) : account;
        await mails.OfferResetAsync(work, user with { Language = user.Language ?? command.Language }, cancellationToken);
        await work.CommitAsync();
        if (user.IsNobody)
            events.Refused(
                SecurityEvent.PasswordResetRequest,
                account?.Id,
                account: emails.Of(key),
                reason: isDisabled ? "disabled" : null
            );
        else
            events.Succeeded(SecurityEvent.PasswordResetRequest, user.Id);
        return Result.Success;
    }
}
