using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Posts.Authors;
using Kumiko.Posts.Changes;
using Mediator;

namespace Kumiko.Posts.Features.CreatePost;

internal sealed class CreatePostHandler(PostsDatabase database, ChangeLog changes, Idempotency idempotency, TimeProvider clock)
    : ICommandHandler<CreatePostRequest, ErrorOr<CreatedPost>>
{
    public async ValueTask<ErrorOr<CreatedPost>> Handle(CreatePostRequest request, CancellationToken cancellation)
    {
        await using var work = await database.BeginAsync(cancellation);
        var before = await idempotency.ClaimAsync<CreatedPost>(work, request.IdempotencyKey, cancellation);
        if (before.IsError)
            return before.Errors;
        if (before.Value.First is { } first)
            return first with { Replayed = true };

        var author = await work.ReadAuthorAsync(request.Author.Id, cancellation);
        if (author is null)
        {
            await work.NameAuthorAsync(request.Author.Id, request.Author.Username, version: 0, cancellation);
            // Identity may have been heard in between, even of the end of the account.
            author = await work.ReadAuthorAsync(request.Author.Id, cancellation);
        }

        if (author is not { IsDeleted: false })
            return PostFailures.AuthorGone;

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
        post = post with { Id = await work.InsertPostAsync(post, cancellation) };
        await changes.AddCreatedAsync(work, post, cancellation);
        var created = new CreatedPost(post.ToResponse(), post.Tag);
        await Idempotency.KeepAsync(work, request.IdempotencyKey, created, PostRow.Resource(post.Id), cancellation);
        await work.CommitAsync();
        return created;
    }
}
