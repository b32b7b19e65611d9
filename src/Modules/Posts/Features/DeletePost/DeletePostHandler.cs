using System.Net;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Contracts;
using Kumiko.Posts.Changes;
using Kumiko.Posts.Content;
using Kumiko.Posts.Streaming;

namespace Kumiko.Posts.Features.DeletePost;

/// <summary>Deletes a post.</summary>
/// <param name="Id">The post.</param>
/// <param name="User">The user who deletes it.</param>
/// <param name="Expected">The version that the user has seen.</param>
/// <param name="ClientAddress">The origin of the request.</param>
internal sealed record DeletePost(long Id, CurrentUser User, ExpectedVersion Expected, IPAddress? ClientAddress = null)
    : ICommand<ErrorOr<Deleted>>;

internal sealed class DeletePostHandler(
    PostsDatabase database,
    ChangeLog changes,
    ChangeSequencer sequencer,
    IOutbox outbox,
    SecurityEvents events,
    TimeProvider clock
) : ICommandHandler<DeletePost, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(DeletePost command, CancellationToken cancellationToken)
    {
        if (command.User.MustVerifyEmail)
            return PostErrors.EmailUnverified;

        while (true)
        {
            if (await TryDeleteAsync(command, cancellationToken) is { } result)
                return result;

            // The post is the only mark of its creation. This usually takes one round, or none if the sequencer has just run.
            await sequencer.NumberAsync(cancellationToken);
        }
    }

    /// <summary>Deletes the post unless its creation is not recorded yet; then returns null.</summary>
    private async ValueTask<ErrorOr<Deleted>?> TryDeleteAsync(DeletePost command, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        var post = await work.LockPostAsync(command.Id, cancellationToken);
        if (post is null)
            return PostErrors.NotFound(command.Id);
        if (post.UserId != command.User.Id && !command.User.IsModerator)
            return Errors.Forbidden("Only its author, a moderator or an admin may delete a post.");
        if (!command.Expected.Allows(post.Tag))
            return Errors.PreconditionFailed();
        if (post.IsNew)
            return null;

        await changes.AddDeletedAsync(work, command.Id, cancellationToken);
        await IdempotencyStore.ForgetAsync(work, PostRow.Resource(command.Id), cancellationToken);
        await work.DeletePostAsync(command.Id, cancellationToken);
        if (post.UserId != command.User.Id)
            await ReportAsync(work, command, post.UserId, cancellationToken);
        await work.CommitAsync();
        return Result.Deleted;
    }

    private async Task ReportAsync(UnitOfWork work, DeletePost command, long authorId, CancellationToken cancellationToken)
    {
        var (moderatorId, sessionId) = (command.User.Id, command.User.SessionId);
        await outbox.AddAsync(
            work,
            new PostRemoved(command.Id, authorId, moderatorId, sessionId, clock.Now(), ClientNetwork.Of(command.ClientAddress)),
            cancellationToken
        );
        work.AfterCommit(() => events.Succeeded(SecurityEvent.PostRemoval, moderatorId, sessionId));
    }
}
