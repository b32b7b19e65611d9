using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.BuildingBlocks.Security;

internal sealed class EndedSessionsHandler<TEvent>(EndedSessions sessions) : IEventHandler<TEvent>
    where TEvent : IEndsSessions
{
    public Task HandleAsync(TEvent message, UnitOfWork work, CancellationToken cancellationToken) =>
        sessions.AddAsync(work, message.SessionIds, message.ExpiresAt, cancellationToken);
}
