using Kumiko.BuildingBlocks.Versions;
using Kumiko.Posts.Changes;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.UpdatePost;

/// <summary>Changes the text of a post.</summary>
/// <param name="Id">The post.</param>
/// <param name="Content">The new text, normalized.</param>
/// <param name="User">The user who changes it.</param>
/// <param name="Expected">The version that the user has seen.</param>
internal sealed record UpdatePost(long Id, string Content, CurrentUser User, ExpectedVersion Expected) : ICommand<ErrorOr<PostRow>>;

internal sealed class UpdatePostHandler(PostsDatabase database, ChangeLog changes, TimeProvider clock)
    : ICommandHandler<UpdatePost, ErrorOr<PostRow>>
{
    public async ValueTask<ErrorOr<PostRow>> Handle(UpdatePost command, CancellationToken cancellationToken)
    {
        if (command.User.MustVerifyEmail)
            return PostErrors.EmailUnverified;

        await using var work = await database.BeginAsync(cancellationToken);
        var post = await work.LockPostAsync(command.Id, cancellationToken);
        if (post is null)
            return PostErrors.NotFound(command.Id);
        if (post.UserId != command.User.Id)
            return Errors.Forbidden("Only its author may change a post.");
        if (!command.Expected.Allows(post.Tag))
            return Errors.PreconditionFailed();

        var changed = post with { Content = command.Content, Version = post.Version + 1, UpdatedAt = clock.Now() };
        await work.UpdatePostAsync(changed, cancellationToken);
        changes.AddUpdated(work, changed);
        await work.CommitAsync();
        return changed;
    }
}
