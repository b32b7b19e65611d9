using System.Diagnostics;
using System.Text.Json;
using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>The <c>outbox</c> table of a module.</summary>
internal sealed class Outbox(TimeProvider clock) : IOutbox
{
    public async Task AddAsync<TEvent>(UnitOfWork work, TEvent happened, CancellationToken cancellationToken)
        where TEvent : IEvent
    {
        await work.ExecuteAsync(
            """
            insert into outbox (event_id, name, body, trace_parent, created_at, attempts, next_attempt_at)
            values (@EventId, @Name, @Body, @TraceParent, @Now, 0, @Now)
            """,
            new
            {
                EventId = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
                TEvent.Name,
                Body = JsonSerializer.Serialize(happened, EventJson.Options),
                TraceParent = Activity.Current?.Id,
                Now = clock.Now(),
            },
            cancellationToken
        );
        work.NotifyRelayAfterCommit();
    }
}
