using System.Globalization;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Audit;

/// <summary>Records that a moderator or an admin deleted somebody else's post.</summary>
internal sealed class PostRemovedHandler(HashKey hashKey, AuditTrail audit) : IEventHandler<PostRemoved>
{
    public async Task HandleAsync(PostRemoved message, UnitOfWork work, CancellationToken cancellationToken)
    {
        // When the operator replays the event, nobody has read it yet.
        await hashKey.LoadAsync(cancellationToken);
        // An account that was deleted meanwhile is not named any more. These rows are locked, so that none is deleted before the commit.
        var there = await work.ReadAllAsync<long>(
            work.ForUpdate("select id from users where id in (@AuthorId, @ModeratorId) order by id"),
            new { message.AuthorId, message.ModeratorId },
            cancellationToken
        );
        audit.Record(
            work,
            new AuditEntry(AuditAction.PostRemoval, IfThere(message.ModeratorId), IfThere(message.AuthorId))
            {
                At = message.At,
                SessionId = message.SessionId,
                Client = message.Client,
                IsForgotten = !there.Contains(message.ModeratorId) || !there.Contains(message.AuthorId),
                Details = string.Create(CultureInfo.InvariantCulture, $"post:{message.PostId}"),
            }
        );

        long? IfThere(long id) => there.Contains(id) ? id : null;
    }
}
