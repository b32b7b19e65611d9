using Kumiko.BuildingBlocks.Observability;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>Whether the process knows which sessions have ended.</summary>
internal sealed class EndedSessionsCheck(EndedSessionsReader reader, TimeProvider clock) : FirstReadCheck(clock)
{
    protected override bool HasRead => reader.IsLoaded;
}
