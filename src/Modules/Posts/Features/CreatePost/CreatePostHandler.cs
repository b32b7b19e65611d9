using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.Posts.Authors;
using Kumiko.Posts.Changes;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.CreatePost;

internal sealed class CreatePostHandler(PostsDatabase database, ChangeLog changes, IdempotencyStore idempotency, TimeProvider clock)
    : ICommandHandler<CreatePostRequest, ErrorOr<IdempotentAnswer<PostResponse>>>
{
    public async ValueTask<ErrorOr<IdempotentAnswer<PostResponse>>> Handle(CreatePostRequest request, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        if (await idempotency.ClaimAsync<PostResponse>(work, request.IdempotencyKey, cancellationToken) is { } earlier)
            return earlier;

        var author = await work.ReadAuthorAsync(request.Author.Id, cancellationToken);
        if (author is null)
        {
            await work.NameAuthorAsync(request.Author.Id, request.Author.Username, version: 0, cancellationToken);
            // An event from Identity may have arrived meanwhile, even the account's deletion.
            author = await work.ReadAuthorAsync(request.Author.Id, cancellationToken);
        }

        if (author is not { IsDeleted: false })
            return PostErrors.AuthorGone;

        var now = clock.Now();
        var post = new PostRow
        {
            Content = request.Content!,
            UserId = request.Author.Id,
            Username = author.Name,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        post = post with { Id = await work.InsertPostAsync(post, cancellationToken) };
        await changes.AddCreatedAsync(work, post, cancellationToken);
        var created = new IdempotentAnswer<PostResponse>(post.ToResponse(), post.Tag);
        await idempotency.KeepAsync(work, request.IdempotencyKey, created, PostRow.Resource(post.Id), cancellationToken);
        await work.CommitAsync();
        return created;
    }
}
