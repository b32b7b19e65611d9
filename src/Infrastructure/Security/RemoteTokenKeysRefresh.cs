using Kumiko.BuildingBlocks.Background;

namespace Kumiko.Infrastructure.Security;

/// <summary>Keeps the key set up to date. The start doesn't wait for it, since Identity may start later.</summary>
internal sealed class RemoteTokenKeysRefresh(RemoteTokenKeys keys, TimeProvider clock)
    : PeriodicService(RemoteTokenKeys.RetryInterval, clock, startsAtOnce: true)
{
    protected override async Task RunOnceAsync(CancellationToken cancellationToken) => await keys.RefreshAsync(cancellationToken);
}
