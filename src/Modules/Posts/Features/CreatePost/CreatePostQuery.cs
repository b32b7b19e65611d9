using Kumiko.BuildingBlocks.Data;
using Kumiko.Posts.Search;

namespace Kumiko.Posts.Features.CreatePost;

internal static class CreatePostQuery
{
    // Shared, so that the author cannot be deleted before the post is committed.
    public static ValueTask<AuthorRow?> ReadAuthorAsync(this UnitOfWork work, long id, CancellationToken cancellation) => work.ReadFirstAsync<AuthorRow>(
        work.Sql(
            sqlite: "select name, is_deleted from authors where id = @Id",
            mySql: "select name, is_deleted from authors where id = @Id for share"),
        new { Id = id },
        cancellation);

    public static async ValueTask<long> InsertPostAsync(this UnitOfWork work, PostRow post, CancellationToken cancellation) => await work.ReadFirstAsync<long>(
        work.Sql(
            sqlite: """
                insert into posts (user_id, content, version, created_at, updated_at)
                values (@UserId, @Content, @Version, @CreatedAt, @UpdatedAt);
                insert into posts_search (rowid, tokens) values (last_insert_rowid(), @SearchText);
                select last_insert_rowid()
                """,
            mySql: """
                insert into posts (user_id, content, search_text, version, created_at, updated_at)
                values (@UserId, @Content, @SearchText, @Version, @CreatedAt, @UpdatedAt);
                select last_insert_id()
                """),
        new
        {
            post.UserId,
            post.Content,
            SearchText = SearchText.ForIndex(work.Provider, post.Content),
            post.Version,
            post.CreatedAt,
            post.UpdatedAt,
        },
        cancellation);

    public sealed record AuthorRow
    {
        public string? Name { get; init; }
        public bool IsDeleted { get; init; }
    }
}
