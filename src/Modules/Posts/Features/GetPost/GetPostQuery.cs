using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.GetPost;

internal static class GetPostQuery
{
    public static ValueTask<PostRow?> ReadPostAsync(this DatabaseSession session, long id, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<PostRow>(PostsTable.Select + "where p.id = @Id", new { Id = id }, cancellationToken);
}
