using Kumiko.BuildingBlocks.Background;


namespace Kumiko.BuildingBlocks.Security;

/// <summary>Keeps the key set fresh. The start does not wait for it: Identity may come up later.</summary>
internal sealed class RemoteTokenKeysRefresh(RemoteTokenKeys keys, TimeProvider clock) : PeriodicService(RemoteTokenKeys.RetryInterval, clock, startsAtOnce: true)
{
    protected override async Task RunOnceAsync(CancellationToken cancellationToken) => await keys.RefreshAsync(cancellationToken);
}
