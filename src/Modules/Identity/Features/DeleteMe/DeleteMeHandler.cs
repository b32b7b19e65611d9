using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.DeleteMe;

/// <summary>Deletes the user's own account.</summary>
/// <param name="Password">The password, which confirms it.</param>
/// <param name="User">The user.</param>
/// <param name="Expected">The version that the user has seen.</param>
internal sealed record DeleteMe(string Password, CurrentUser User, ExpectedVersion Expected) : ICommand<ErrorOr<Deleted>>;

internal sealed class DeleteMeHandler(
    IdentityDatabase database,
    PasswordCheck password,
    SessionEnd sessions,
    NameHashes names,
    AccountMails mails,
    IOutbox outbox,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<DeleteMe, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(DeleteMe command, CancellationToken cancellationToken)
    {
        var account = await password.CheckAsync(command.User, command.Password, field: "password", cancellationToken);
        if (account.IsError)
            return account.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        var version = await work.LockMeToDeleteAsync(account.Value, cancellationToken);
        if (version is null)
            return IdentityErrors.SessionEnded;
        if (!command.Expected.Allows(EntityTags.Of(version.Value)))
            return Errors.PreconditionFailed();

        if (await work.LockAdminsAsync(cancellationToken) is [var last] && last == account.Value.Id)
            return IdentityErrors.LastAdmin;

        await work.ReleaseNameAsync(names.Of(account.Value.Username), account.Value.Id, clock.Now(), cancellationToken);
        await work.LeaveNamesToAsync(names.Owner(account.Value.EmailKey), account.Value.Id, cancellationToken);
        await sessions.EndAllAsync(work, account.Value.Id, SessionEndReason.AccountDeletion, cancellationToken);
        await IdempotencyStore.ForgetAsync(work, UserRow.Resource(account.Value.Id), cancellationToken);
        await IdempotencyStore.ForgetUserAsync(work, account.Value.Id, cancellationToken);
        var user = await work.ReadUserAsync(account.Value.Id, cancellationToken);
        await mails.NotifyAsync(work, user, MailTemplate.AccountDeleted, [], cancellationToken);
        await work.DeleteSecretsAsync(account.Value.Id, cancellationToken);
        await work.DeleteUserAsync(account.Value.Id, cancellationToken);
        await outbox.AddAsync(work, new UserDeleted(account.Value.Id, version.Value + 1), cancellationToken);
        audit.Erase(
            work,
            account.Value.Id,
            new AuditEntry(AuditAction.AccountDeletion, account.Value.Id, account.Value.Id) { SessionId = command.User.SessionId }
        );
        work.AfterCommit(() => events.Succeeded(SecurityEvent.AccountDeletion, account.Value.Id, command.User.SessionId));
        await work.CommitAsync();
        return Result.Deleted;
    }
}
