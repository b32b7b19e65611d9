using Kumiko.BuildingBlocks.Data;

namespace Kumiko.Posts.Features.DeletePost;

internal static class DeletePostQuery
{
    public static ValueTask<PostRow?> LockPostToDeleteAsync(this UnitOfWork work, long id, CancellationToken cancellation) => work.ReadFirstAsync<PostRow>(
        work.Sql(
            sqlite: "select p.id, p.user_id, a.name as username, p.version from posts p left join authors a on a.id = p.user_id where p.id = @Id",
            mySql: "select p.id, p.user_id, a.name as username, p.version from posts p left join authors a on a.id = p.user_id where p.id = @Id for update of p"),
        new { Id = id },
        cancellation);

    public static async ValueTask DeletePostAsync(this UnitOfWork work, long id, CancellationToken cancellation) => await work.ExecuteAsync(
        work.Sql(
            sqlite: "delete from posts where id = @Id; delete from posts_search where rowid = @Id",
            mySql: "delete from posts where id = @Id"),
        new { Id = id },
        cancellation);
}
