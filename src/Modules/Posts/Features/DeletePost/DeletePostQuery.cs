using Kumiko.Posts.Search;

namespace Kumiko.Posts.Features.DeletePost;

internal static class DeletePostQuery
{
    public static async ValueTask DeletePostAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(SearchIndexQuery.Queue + "id = @Id; delete from posts where id = @Id", new { Id = id }, cancellationToken);
}
