using Kumiko.BuildingBlocks.Observability;

namespace Kumiko.Infrastructure.Security;

/// <summary>Whether the key set can be read.</summary>
internal sealed class RemoteTokenKeysCheck(RemoteTokenKeys keys, TimeProvider clock) : FirstReadCheck(clock)
{
    protected override bool HasRead => keys.AreLoaded;

    protected override bool IsStale => keys.IsUnreachable;
}
