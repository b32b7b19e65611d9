using Kumiko.Identity.Keys;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Administration;

/// <summary>Changes roles for the operator, who makes the first admin.</summary>
internal sealed class AccountRoles(IdentityDatabase database, HashKey hashKey, RoleChange roles, TimeProvider clock) : IAccountRoles
{
    /// <inheritdoc />
    public async Task<AccountVerdict> ChangeAsync(string email, string role, CancellationToken cancellationToken)
    {
        if (!Roles.Exists(role))
            return new AccountVerdict(IsDone: false, $"There is no role '{role}': it is member, moderator or admin.");

        await hashKey.LoadAsync(cancellationToken);
        await using var work = await database.BeginAsync(cancellationToken);
        await work.LockAdminsAsync(cancellationToken);
        if (
            await work.FindIdByEmailAsync(EmailAddresses.Key(email.Trim()), cancellationToken) is not { } id
            || await work.LockManagedUserAsync(id, cancellationToken) is not { } user
        )
            return new AccountVerdict(IsDone: false, "No account has this e-mail address.");
        if (user.Role == role)
            return new AccountVerdict(IsDone: true, $"{user.Username} (account {user.Id}) has the role {role} already.");

        var changed = user with { Role = role, Version = user.Version + 1, UpdatedAt = clock.Now() };
        await roles.ApplyAsync(work, user, changed, actorId: null, reason: null, cancellationToken);
        await work.CommitAsync();
        return new AccountVerdict(
            IsDone: true,
            $"{user.Username} (account {user.Id}) has the role {role} now, and had the role {user.Role} until now."
                + (user.EmailVerified ? "" : " Nobody has proved its e-mail address yet: be sure that the account is theirs.")
        );
    }
}
