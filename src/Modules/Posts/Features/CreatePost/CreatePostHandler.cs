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

        var author = await work.ReadAuthorAsync(command.Author.Id, cancellationToken);
        if (author is null)
        {
            await work.NameAuthorAsync(command.Author.Id, command.Author.Username, version: 0, cancellationToken);
            // An event from Identity may have arrived meanwhile, even the account's deletion.
            author = await work.ReadAuthorAsync(command.Author.Id, cancellationToken);
        }

        if (author is not { IsDeleted: false })
            return PostErrors.AuthorGone;

        var now = clock.Now();
        var post = new PostRow
        {
            Content = command.Content,
            UserId = command.Author.Id,
            Username = author.Name,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        post = post with { Id = await work.InsertPostAsync(post, cancellationToken) };
        await changes.AddCreatedAsync(work, post, cancellationToken);
        var created = new IdempotentAnswer<PostResponse>(post.ToResponse(), post.Tag);
        await idempotency.KeepAsync(work, command.Key, created, PostRow.Resource(post.Id), cancellationToken);
        await work.CommitAsync();
        return created;
    }
}
