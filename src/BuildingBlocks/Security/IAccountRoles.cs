namespace Kumiko.BuildingBlocks.Security;

/// <summary>Changes the roles of accounts; the module that keeps accounts registers this, and the Host offers it to the operator.</summary>
public interface IAccountRoles
{
    /// <summary>Gives the account with an e-mail address another role.</summary>
    /// <param name="email">The address, in any spelling.</param>
    /// <param name="role">The name of the role.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    Task<AccountVerdict> ChangeAsync(string email, string role, CancellationToken cancellationToken);
}
