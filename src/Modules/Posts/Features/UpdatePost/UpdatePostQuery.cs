using Kumiko.Posts.Content;
using Kumiko.Posts.Search;

namespace Kumiko.Posts.Features.UpdatePost;

internal static class UpdatePostQuery
{
    public static async ValueTask UpdatePostAsync(this UnitOfWork work, PostRow post, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            SearchIndexQuery.Queue
                + "id = @Id; update posts set content = @Content, version = @Version, updated_at = @UpdatedAt where id = @Id",
            new
            {
                post.Id,
                post.Content,
                post.Version,
                post.UpdatedAt,
            },
            cancellationToken
        );
}
