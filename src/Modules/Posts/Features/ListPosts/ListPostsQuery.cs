using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.ListPosts;

internal static class ListPostsQuery
{
    public static ValueTask<List<PostRow>> ReadPostsAsync(
        this DatabaseSession session,
        long? userId,
        long before,
        int take,
        CancellationToken cancellationToken
    ) =>
        userId is null
            ? session.ReadAllAsync<PostRow>(
                PostsTable.Select + "where p.id < @Before order by p.id desc limit @Take",
                new { Before = before, Take = take },
                cancellationToken
            )
            : session.ReadAllAsync<PostRow>(
                PostsTable.Select + "where p.user_id = @UserId and p.id < @Before order by p.id desc limit @Take",
                new
                {
                    UserId = userId,
                    Before = before,
                    Take = take,
                },
                cancellationToken
            );
}
