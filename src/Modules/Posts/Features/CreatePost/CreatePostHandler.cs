using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.Posts.Authors;
using Kumiko.Posts.Changes;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.CreatePost;

/// <summary>Creates a post.</summary>
/// <param name="Content">The text, normalized.</param>
/// <param name="Author">The author.</param>
/// <param name="Key">The key that makes the command safe to repeat.</param>
internal sealed record CreatePost(string Content, CurrentUser Author, IdempotencyKey Key)
    : ICommand<ErrorOr<IdempotentAnswer<PostResponse>>>;

internal sealed class CreatePostHandler(PostsDatabase database, ChangeLog changes, IdempotencyStore idempotency, TimeProvider clock)
    : ICommandHandler<CreatePost, ErrorOr<IdempotentAnswer<PostResponse>>>
{
    public async ValueTask<ErrorOr<IdempotentAnswer<PostResponse>>> Handle(CreatePost command, CancellationToken cancellationToken)
    {
        if (command.Author.MustVerifyEmail)
            return PostErrors.EmailUnverified;

        await using var work = command.Key.IsNone
            ? await database.BeginAutocommitAsync(cancellationToken)
            : await database.BeginAsync(cancellationToken);
        if (await idempotency.ClaimAsync<PostResponse>(work, command.Key, cancellationToken) is { } earlier)
            return earlier;

        var now = clock.Now();
        var post = new PostRow
        {
            Content = command.Content,
            UserId = command.Author.Id,
            Username = command.Author.Username,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        // Nearly always the token has the author's current name, and this one statement is all.
        if (await work.InsertPostAsync(post, cancellationToken) is { } id)
            post = post with { Id = id };
        else if (await InsertUnderAnyNameAsync(work, post, cancellationToken) is { } renamed)
            post = renamed;
        else
            return PostErrors.AuthorGone;

        work.AfterCommit(changes.Committed.Wake);
        var created = new IdempotentAnswer<PostResponse>(post.ToResponse(), post.Tag);
        await idempotency.KeepAsync(work, command.Key, created, PostRow.Resource(post.Id), cancellationToken);
        await work.CommitAsync();
        return created;
    }

    private static async ValueTask<PostRow?> InsertUnderAnyNameAsync(UnitOfWork work, PostRow post, CancellationToken cancellationToken)
    {
        // Perhaps the first event about the author has not arrived. If it arrives meanwhile, even the account's deletion, it counts.
        if (!await work.HasAuthorAsync(post.UserId, cancellationToken))
            await work.NameAuthorAsync(post.UserId, post.Username!, version: 0, cancellationToken);
        if (await work.InsertPostAsync(post with { Username = null }, cancellationToken) is not { } id)
            return null;

        return post with
        {
            Id = id,
            Username = await work.ReadNameAsync(post.UserId, cancellationToken),
        };
    }
}
