using Kumiko.BuildingBlocks.Data;
using Kumiko.Posts.Search;

namespace Kumiko.Posts.Features.UpdatePost;

internal static class UpdatePostQuery
{
    public static ValueTask<PostRow?> LockPostToUpdateAsync(this UnitOfWork work, long id, CancellationToken cancellation) => work.ReadFirstAsync<PostRow>(
        work.Sql(
            sqlite: """
                select p.id, p.content, p.user_id, a.name as username, p.version, p.created_at, p.updated_at
                from posts p left join authors a on a.id = p.user_id
                where p.id = @Id
                """,
            mySql: """
                select p.id, p.content, p.user_id, a.name as username, p.version, p.created_at, p.updated_at
                from posts p left join authors a on a.id = p.user_id
                where p.id = @Id
                for update of p
                """),
        new { Id = id },
        cancellation);

    public static async ValueTask UpdatePostAsync(this UnitOfWork work, PostRow post, CancellationToken cancellation) => await work.ExecuteAsync(
        work.Sql(
            sqlite: """
                update posts set content = @Content, version = @Version, updated_at = @UpdatedAt where id = @Id;
                insert or replace into posts_search (rowid, tokens) values (@Id, @SearchText)
                """,
            mySql: "update posts set content = @Content, search_text = @SearchText, version = @Version, updated_at = @UpdatedAt where id = @Id"),
        new
        {
            post.Id,
            post.Content,
            SearchText = SearchText.ForIndex(work.Provider, post.Content),
            post.Version,
            post.UpdatedAt,
        },
        cancellation);
}
