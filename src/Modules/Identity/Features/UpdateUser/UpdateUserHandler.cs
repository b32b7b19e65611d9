using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.UpdateUser;

/// <summary>Changes somebody else's account, for an admin; what is null stays.</summary>
/// <param name="Id">The account.</param>
/// <param name="Role">The new role.</param>
/// <param name="Disabled">Whether the account is disabled from now on.</param>
/// <param name="Reason">Why.</param>
/// <param name="User">The admin.</param>
/// <param name="Expected">The version that the admin has seen.</param>
internal sealed record UpdateUser(long Id, string? Role, bool? Disabled, string? Reason, CurrentUser User, ExpectedVersion Expected)
    : ICommand<ErrorOr<ManagedUserRow>>;

internal sealed class UpdateUserHandler(
    IdentityDatabase database,
    RoleChange roles,
    SessionEnd sessions,
    AuditTrail audit,
    SecurityEvents events,
    TimeProvider clock
) : ICommandHandler<UpdateUser, ErrorOr<ManagedUserRow>>
{
    public async ValueTask<ErrorOr<ManagedUserRow>> Handle(UpdateUser command, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        // Whoever changes an admin waits here. Then the check below sees what the one before has done, even to the caller.
        var admins = await work.LockAdminsAsync(cancellationToken);
        var allowed = await work.CheckAdminAsync(command.User, clock.Now(), cancellationToken);
        if (allowed.IsError)
            return allowed.Errors;
        if (await work.LockManagedUserAsync(command.Id, cancellationToken) is not { } user)
            return Errors.NotFound($"There is no user {command.Id}.");
        if (!command.Expected.Allows(user.Tag))
            return Errors.PreconditionFailed();

        var role = command.Role ?? user.Role;
        var isDisabled = command.Disabled ?? user.Disabled;
        if (role == user.Role && isDisabled == user.Disabled)
            return user;
        if (user.Id == command.User.Id)
            return Errors.Conflict("", "You can't change your own role or disable yourself: another admin can.");
        if (admins is [var last] && last == user.Id && (role != Roles.Admin || isDisabled))
            return IdentityErrors.LastAdmin;

        var changed = user with
        {
            Role = role,
            DisabledAt = isDisabled ? user.DisabledAt ?? clock.Now() : null,
            DisabledReason = isDisabled ? (user.Disabled ? user.DisabledReason : command.Reason) : null,
            Version = user.Version + 1,
            UpdatedAt = clock.Now(),
        };
        if (role != user.Role)
            await roles.ApplyAsync(work, user, changed, command.User.Id, command.Reason, cancellationToken);
        else
            await work.UpdateManagedUserAsync(changed, cancellationToken);
        if (isDisabled && !user.Disabled)
            await DisableAsync(work, changed, command, cancellationToken);
        if (!isDisabled && user.Disabled)
            await EnableAsync(work, changed, command, cancellationToken);

        await work.CommitAsync();
        return changed;
    }

    private async ValueTask DisableAsync(UnitOfWork work, ManagedUserRow user, UpdateUser command, CancellationToken cancellationToken)
    {
        await work.DisableUserAsync(user, cancellationToken);
        await sessions.EndAsync(
            work,
            user.Id,
            await work.LockSessionsAsync(user.Id, cancellationToken),
            SessionEndReason.AccountDisabling,
            command.User.Id,
            cancellationToken
        );
        audit.Record(work, new AuditEntry(AuditAction.AccountDisabling, command.User.Id, user.Id) { Reason = command.Reason });
        work.AfterCommit(() => events.Succeeded(SecurityEvent.AccountDisabling, user.Id));
    }

    private async ValueTask EnableAsync(UnitOfWork work, ManagedUserRow user, UpdateUser command, CancellationToken cancellationToken)
    {
        await work.EnableUserAsync(user.Id, cancellationToken);
        audit.Record(work, new AuditEntry(AuditAction.AccountEnabling, command.User.Id, user.Id) { Reason = command.Reason });
        work.AfterCommit(() => events.Succeeded(SecurityEvent.AccountEnabling, user.Id));
    }
}
