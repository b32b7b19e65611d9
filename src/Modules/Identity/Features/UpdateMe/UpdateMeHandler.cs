using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Emails;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.UpdateMe;

/// <summary>Changes the user's own account; what is null stays.</summary>
/// <param name="Username">The new name.</param>
/// <param name="Email">The new e-mail address.</param>
/// <param name="CurrentPassword">The password, which a new address needs.</param>
/// <param name="User">The user.</param>
/// <param name="Expected">The version that the user has seen.</param>
/// <param name="IsProved">Whether the user proved a moment ago, with two factors, who they are: that is as good as the password.</param>
internal sealed record UpdateMe(
    string? Username,
    string? Email,
    string? CurrentPassword,
    CurrentUser User,
    ExpectedVersion Expected,
    bool IsProved = false
) : ICommand<ErrorOr<UserRow>>;

internal sealed class UpdateMeHandler(
    IdentityDatabase database,
    PasswordCheck password,
    ReservedNames reserved,
    NameHashes names,
    RenameAttempts renames,
    MailAttempts mailAttempts,
    VerificationMails verifications,
    AccountMails mails,
    IOutbox outbox,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<UpdateMe, ErrorOr<UserRow>>
{
    private static Error PasswordNeeded => Errors.Invalid("current_password", "Enter your password to change the e-mail address.");

    public async ValueTask<ErrorOr<UserRow>> Handle(UpdateMe command, CancellationToken cancellationToken)
    {
        // Before the transaction: verifying the password may have to wait for its turn, and a refused name counts even if the transaction
        // is rolled back.
        if (await database.ReadOwnUserAsync(command.User, clock.Now(), cancellationToken) is not { } before)
            return IdentityErrors.SessionEnded;
        var isProved = await CheckProofAsync(command, before, cancellationToken);
        if (isProved.IsError)
            return isProved.Errors;
        if (await CountAsync(command, before, cancellationToken) is { IsError: true } tooMany)
            return tooMany.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        var user = await work.LockOwnUserAsync(command.User, clock.Now(), cancellationToken);
        if (user is null)
            return IdentityErrors.SessionEnded;
        if (!command.Expected.Allows(user.Tag))
            return Errors.PreconditionFailed();
        var (isRenamed, hasNewEmail) = (IsRenamed(command, user), HasNewEmail(command, user));
        if (!isRenamed && !hasNewEmail && !TakesBack(command, user))
            return user;

        // The address was changed elsewhere after the check.
        if (hasNewEmail && !isProved.Value)
            return PasswordNeeded;

        var changed = user with
        {
            Username = command.Username ?? user.Username,
            PendingEmail =
                hasNewEmail ? command.Email
                : TakesBack(command, user) ? null
                : user.PendingEmail,
            Version = user.Version + 1,
            UpdatedAt = clock.Now(),
        };
        if (isRenamed && await ReleaseOldNameAsync(work, user.Username, changed, cancellationToken) is { IsError: true } notAllowed)
            return notAllowed.Errors;
        if (await WriteAsync(work, changed, cancellationToken) is { IsError: true } taken)
            return taken.Errors;
        if (isRenamed && await ClaimNewNameAsync(work, changed, cancellationToken) is { IsError: true } released)
            return released.Errors;
        if (isRenamed)
            audit.Record(work, EntryOf(AuditAction.NameChange, command.User));
        if (hasNewEmail)
            await AskForProofAsync(work, changed, command.User, cancellationToken);

        await work.CommitAsync();
        return changed;
    }

    private static AuditEntry EntryOf(AuditAction action, CurrentUser user) => new(action, user.Id, user.Id) { SessionId = user.SessionId };

    private static bool IsRenamed(UpdateMe command, UserRow user) => command.Username is not null && command.Username != user.Username;

    private static bool HasNewEmail(UpdateMe command, UserRow user) =>
        command.Email is not null && command.Email != user.Email && command.Email != user.PendingEmail;

    private static bool TakesBack(UpdateMe command, UserRow user) => command.Email == user.Email && user.PendingEmail is not null;

    // Control of the address gives control of the account, so an access token alone must not change it. A password that was entered has
    // to be right, whatever the token shows.
    private async ValueTask<ErrorOr<bool>> CheckProofAsync(UpdateMe command, UserRow before, CancellationToken cancellationToken)
    {
        if (!HasNewEmail(command, before))
            return false;
        if (string.IsNullOrEmpty(command.CurrentPassword))
            return command.IsProved && !await HasNewFactorAsync(before.Id, cancellationToken) ? true : PasswordNeeded;

        var account = await password.CheckAsync(command.User, command.CurrentPassword, field: "current_password", cancellationToken);
        return account.IsError ? account.Errors : true;
    }

    // A stolen token is enough to add a factor to an account that has none, so a factor counts only when its owner can no longer undo it.
    private async ValueTask<bool> HasNewFactorAsync(long userId, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.HasFactorSinceAsync(userId, clock.Now() - SecretKind.UndoingLifetime, cancellationToken);
    }

    private async ValueTask<ErrorOr<Success>> CountAsync(UpdateMe command, UserRow before, CancellationToken cancellationToken)
    {
        if (
            HasNewEmail(command, before)
            && await mailAttempts.CountAsync(EmailAddresses.Key(command.Email!), before.Id, cancellationToken)
                is { IsError: true } tooManyMails
        )
            return tooManyMails;

        return IsRenamed(command, before) ? await renames.CountRefusalInAdvanceAsync(before.Id, cancellationToken) : Result.Success;
    }

    private async ValueTask<ErrorOr<Success>> ReleaseOldNameAsync(
        UnitOfWork work,
        string before,
        UserRow changed,
        CancellationToken cancellationToken
    )
    {
        if (reserved.Contains(changed.Username))
            return IdentityErrors.NameReserved;
        if (await renames.CountRenameAsync(work, changed.Id, cancellationToken) is { IsError: true } tooMany)
            return tooMany.Errors;

        await work.ReleaseNameAsync(names.Of(before), changed.Id, changed.UpdatedAt, cancellationToken);
        return Result.Success;
    }

    private static async ValueTask<ErrorOr<Success>> WriteAsync(UnitOfWork work, UserRow changed, CancellationToken cancellationToken)
    {
        try
        {
            await work.UpdateUserAsync(changed, cancellationToken);
            return Result.Success;
        }
        catch (Exception e) when (DatabaseFailure.IsDuplicate(e))
        {
            var taken = await work.ReadTakenAsync(changed, cancellationToken);
            return IdentityErrors.Taken(taken.Email, taken.Username);
        }
    }

    // The user's own old name, released above, is claimed again as well: only its case may have changed.
    private async ValueTask<ErrorOr<Success>> ClaimNewNameAsync(UnitOfWork work, UserRow changed, CancellationToken cancellationToken)
    {
        var (name, owner) = (names.Of(changed.Username), names.Owner(changed.EmailKey));
        if (!await work.ClaimNameAsync(name, changed.Id, owner, changed.UpdatedAt, cancellationToken))
            return IdentityErrors.NameTaken;

        await outbox.AddAsync(work, new UserRenamed(changed.Id, changed.Username, changed.Version), cancellationToken);
        return Result.Success;
    }

    private async ValueTask AskForProofAsync(UnitOfWork work, UserRow changed, CurrentUser user, CancellationToken cancellationToken)
    {
        await verifications.SendAsync(work, changed, cancellationToken);
        await mails.OfferToKeepAsync(work, changed, cancellationToken);
        audit.Record(work, EntryOf(AuditAction.EmailChange, user) with { Details = "requested" });
        work.AfterCommit(() => events.Succeeded(SecurityEvent.EmailChange, user.Id, user.SessionId, reason: "requested"));
    }
}
