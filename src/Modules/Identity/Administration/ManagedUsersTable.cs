using Kumiko.Identity.Users;

namespace Kumiko.Identity.Administration;

/// <summary>The tables <c>users</c> and <c>disabled_users</c>, as admins read and change them.</summary>
internal static class ManagedUsersTable
{
    /// <summary>The columns of a <see cref="ManagedUserRow"/>, and where they come from.</summary>
    public const string Select =
        "select "
        + UsersTable.Columns
        + ", d.disabled_at, d.reason as disabled_reason from users u left join disabled_users d on d.user_id = u.id ";

    public static ValueTask<ManagedUserRow?> ReadManagedUserAsync(
        this DatabaseSession session,
        long id,
        CancellationToken cancellationToken
    ) => session.ReadFirstAsync<ManagedUserRow>(Select + "where u.id = @Id", new { Id = id }, cancellationToken);

    /// <summary>
    /// Locks all admins. A change of a role waits here, so that two admins can't take it from each other at the same time.
    /// </summary>
    /// <returns>The ids of the admins who aren't disabled.</returns>
    public static async ValueTask<IReadOnlyList<long>> LockAdminsAsync(this UnitOfWork work, CancellationToken cancellationToken)
    {
        var admins = await work.ReadAllAsync<long>(
            work.ForUpdate("select id from users where role = 'admin' order by id"),
            null,
            cancellationToken
        );
        var disabled = await work.ReadAllAsync<long>(
            "select d.user_id from disabled_users d join users u on u.id = d.user_id where u.role = 'admin'",
            null,
            cancellationToken
        );
        return [.. admins.Except(disabled)];
    }

    /// <summary>The user, whose row nobody else may change before the transaction ends.</summary>
    public static ValueTask<ManagedUserRow?> LockManagedUserAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<ManagedUserRow>(work.ForUpdate(Select + "where u.id = @Id", of: "u"), new { Id = id }, cancellationToken);

    /// <summary>Writes the role, the version and the time of the change.</summary>
    public static async ValueTask UpdateManagedUserAsync(this UnitOfWork work, ManagedUserRow user, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            "update users set role = @Role, version = @Version, updated_at = @UpdatedAt where id = @Id",
            user,
            cancellationToken
        );

    public static async ValueTask DisableUserAsync(this UnitOfWork work, ManagedUserRow user, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            "insert into disabled_users (user_id, disabled_at, reason) values (@Id, @DisabledAt, @DisabledReason)",
            user,
            cancellationToken
        );

    public static async ValueTask EnableUserAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from disabled_users where user_id = @Id", new { Id = id }, cancellationToken);
}
