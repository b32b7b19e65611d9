namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// Lists and replaces the keys that sign access tokens; the module that signs registers this, and the Host offers it to the operator.
/// </summary>
public interface IKeyRotation
{
    /// <summary>Describes every key, the oldest first: its id, and from when to when it signs or signed.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Publishes a new key, which signs when all verifiers have had time to read it. Issued tokens stay valid.</summary>
    Task<RotationVerdict> RotateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Withdraws a key that somebody else may know: a new key signs within seconds, and tokens of the withdrawn one are refused. Returns
    /// when every process has had time to read both.
    /// </summary>
    /// <param name="keyId">The key's id.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    Task<RotationVerdict> RevokeAsync(string keyId, CancellationToken cancellationToken);
}
