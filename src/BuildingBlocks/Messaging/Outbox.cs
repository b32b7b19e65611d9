using System.Diagnostics;
using System.Text.Json;
using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

internal sealed class Outbox(TimeProvider clock) : IOutbox
{
    public async Task AddAsync<TEvent>(UnitOfWork work, TEvent message, CancellationToken cancellationToken)
        where TEvent : IEvent
    {
        await work.AddEventAsync(
            new Envelope
            {
                EventId = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
                Name = TEvent.Name,
                Body = JsonSerializer.Serialize(message, EventJson.Options),
                TraceParent = Activity.Current?.Id,
                CreatedAt = clock.Now(),
            },
            cancellationToken
        );
        work.NotifyRelayAfterCommit();
    }
}
