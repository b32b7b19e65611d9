using Kumiko.Posts.Content;
using Kumiko.Posts.Search;

namespace Kumiko.Posts.Features.DeletePost;

internal static class DeletePostQuery
{
    public static ValueTask<PostRow?> LockPostToDeleteAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<PostRow>(work.ForUpdate(PostsTable.Select + "where p.id = @Id", of: "p"), new { Id = id }, cancellationToken);

    /// <summary>Whether the creation of a post is not recorded yet.</summary>
    public static ValueTask<bool> IsNewAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<bool>("select new_after is not null from posts where id = @Id", new { Id = id }, cancellationToken);

    public static async ValueTask DeletePostAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(SearchIndexQuery.Queue + "id = @Id; delete from posts where id = @Id", new { Id = id }, cancellationToken);
}
