using Kumiko.BuildingBlocks.Observability;

namespace Kumiko.Infrastructure.Nats;

/// <summary>Whether the events that waited for this process have taken effect: one of them may end a session.</summary>
internal sealed class EventBacklogCheck(EventBacklog backlog, TimeProvider clock) : FirstReadCheck(clock)
{
    protected override bool HasRead => backlog.IsRead;
}
