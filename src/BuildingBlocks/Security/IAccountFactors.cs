namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// Removes the factors that the owner of an account has lost; the module that keeps accounts registers this, and the Host offers it to the
/// operator.
/// </summary>
public interface IAccountFactors
{
    /// <summary>Removes the second factor, its recovery codes and all passkeys of an account, and ends its sessions.</summary>
    /// <param name="account">The user name or the e-mail address, in any spelling.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    Task<AccountVerdict> ResetAsync(string account, CancellationToken cancellationToken);
}
