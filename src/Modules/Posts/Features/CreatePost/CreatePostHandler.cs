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
        await using var work = await database.BeginAsync(cancellationToken);
        if (await idempotency.ClaimAsync<PostResponse>(work, command.Key, cancellationToken) is { } earlier)
            return earlier;

        var now = clock.Now();
        var post = new PostRow
        {
            Content = command.Content,
            UserId = command.Author.Id,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var inserted = await work.InsertPostAsync(post, cancellationToken);
        if (inserted is null)
        {
            // Perhaps the first event about the author has not arrived. If it arrives meanwhile, even the account's deletion, it counts.
            if (!await work.HasAuthorAsync(command.Author.Id, cancellationToken))
                await work.NameAuthorAsync(command.Author.Id, command.Author.Username, version: 0, cancellationToken);
            inserted = await work.InsertPostAsync(post, cancellationToken);
        }

        if (inserted is null)
            return PostErrors.AuthorGone;

        post = post with { Id = inserted.Id, Username = inserted.Name };
        changes.AddCreated(work, post);
        var created = new IdempotentAnswer<PostResponse>(post.ToResponse(), post.Tag);
        await idempotency.KeepAsync(work, command.Key, created, PostRow.Resource(post.Id), cancellationToken);
        await work.CommitAsync();
        return created;
    }
}
