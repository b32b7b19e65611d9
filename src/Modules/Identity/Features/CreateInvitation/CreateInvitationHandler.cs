using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Invitations;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.CreateInvitation;

/// <summary>Invites somebody, for an admin.</summary>
/// <param name="Email">Whom.</param>
/// <param name="User">The admin.</param>
/// <param name="Key">What makes the command safe to repeat.</param>
/// <param name="Language">The language that the admin prefers, if mails are written in it.</param>
internal sealed record CreateInvitation(string Email, CurrentUser User, IdempotencyKey Key, string? Language)
    : ICommand<ErrorOr<IdempotentAnswer<InvitationResponse>>>;

internal sealed class CreateInvitationHandler(
    IdentityDatabase database,
    AccountSettings settings,
    MailAttempts attempts,
    IdempotencyStore idempotency,
    AccountMails mails,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<CreateInvitation, ErrorOr<IdempotentAnswer<InvitationResponse>>>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public async ValueTask<ErrorOr<IdempotentAnswer<InvitationResponse>>> Handle(
        CreateInvitation command,
        CancellationToken cancellationToken
    )
    {
        if (await CheckAdminAsync(command.User, cancellationToken) is { IsError: true } notAllowed)
            return notAllowed.Errors;
        if (settings.Registration == RegistrationMode.Closed)
            return Errors.Conflict("", "Nobody may register here: set Identity:Registration to 'invited' or 'open'.");
        if (!settings.SendsMail)
            return Errors.Conflict("", "This installation sends no mail: set Mail:Host and Mail:From.");

        var emailKey = EmailAddresses.Key(command.Email);
        if (await idempotency.FindAsync<InvitationResponse>(database, command.Key, cancellationToken) is { } earlier)
            return earlier;
        if (await attempts.CountAsync(emailKey, command.User.Id, cancellationToken) is { IsError: true } tooMany)
            return tooMany.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        if (await idempotency.ClaimAsync<InvitationResponse>(work, command.Key, cancellationToken) is { } concurrent)
            return concurrent;
        if (await work.LockOwnUserAsync(command.User, clock.Now(), cancellationToken) is not { } admin)
            return IdentityErrors.SessionEnded;
        // Whoever follows the link proves the address, and takes it from an account that never did.
        if (await work.IsProvedAsync(emailKey, cancellationToken))
            return Errors.Conflict("email", "An account with this e-mail address already exists.");

        var now = clock.Now();
        var (secret, secretHash) = OneTimeSecrets.Create();
        var invitation = new InvitationRow
        {
            Email = command.Email,
            InvitedBy = admin.Id,
            InvitedByUsername = admin.Username,
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        };
        await work.DeleteInvitationsOfAsync(emailKey, cancellationToken);
        invitation = invitation with { Id = await work.InsertInvitationAsync(invitation, emailKey, secretHash, cancellationToken) };
        await mails.InviteAsync(
            work,
            admin with
            {
                Language = command.Language ?? admin.Language,
            },
            command.Email,
            secret,
            cancellationToken
        );
        audit.Record(
            work,
            new AuditEntry(AuditAction.Invitation, admin.Id, SubjectId: null) { SessionId = command.User.SessionId, Details = "sent" }
        );
        var created = new IdempotentAnswer<InvitationResponse>(invitation.ToResponse(), invitation.Tag);
        await idempotency.KeepAsync(work, command.Key, created, InvitationRow.Resource(invitation.Id), cancellationToken);
        await work.CommitAsync();
        return created;
    }

    private async ValueTask<ErrorOr<Success>> CheckAdminAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.CheckAdminAsync(user, clock.Now(), cancellationToken);
    }
}
