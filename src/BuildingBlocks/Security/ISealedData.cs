namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// Something that a module keeps encrypted under the installation's secret; the module registers this, and the Host offers it to the
/// operator.
/// </summary>
public interface ISealedData
{
    /// <summary>What is encrypted, such as <c>queued mails</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Encrypts under the current secret what was encrypted under another accepted one. Others may read and write meanwhile, and a call
    /// that was interrupted may be repeated.
    /// </summary>
    Task<RenewedData> RenewAsync(CancellationToken cancellationToken);
}
