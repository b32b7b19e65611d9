namespace Kumiko.BuildingBlocks.Security;

/// <summary>Verifies an audit trail; the module that keeps one registers this, and the Host offers it to the operator.</summary>
public interface IAuditVerification
{
    /// <summary>Reads the whole trail and finds whether anything in it was changed, added or removed.</summary>
    /// <param name="known">An entry that an earlier verification named as the newest; null if none is known.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    Task<AuditVerdict> VerifyAsync(string? known, CancellationToken cancellationToken);
}
