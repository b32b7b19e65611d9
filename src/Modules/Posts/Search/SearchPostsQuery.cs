using Kumiko.Posts.Content;

namespace Kumiko.Posts.Search;

/// <summary>Reads the posts that a search checks.</summary>
internal static class SearchPostsQuery
{
    // Posts that are queued for the index, or too new even for that. Cut before the join, so that a long queue costs no more than the rows
    // taken. The index is named, because SQLite would otherwise read all posts in the order of their ids.
    private const string Queued =
        "select "
        + SearchIndexQuery.Hint
        + " "
        + PostsTable.Columns
        + """
             from (
                select post_id from (select post_id from search_pending where post_id < @Before order by post_id desc limit @Take) queued
                union
                select id from (select id from posts 
            """;
    private const string New = """
         where new_after is not null and id < @Before order by id desc limit @Take) new
        ) s
        join posts p on p.id = s.post_id left join authors a on a.id = p.user_id
        where @UserId is null or p.user_id = @UserId
        """;

    public static ValueTask<List<PostRow>> ReadPendingPostsAsync(
        this DatabaseSession session,
        int take,
        long? userId,
        long before,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<PostRow>(
            session.Sql(sqlite: Queued + "indexed by ix_posts_new_after" + New, mySql: Queued + "force index (ix_posts_new_after)" + New),
            new
            {
                Take = take,
                UserId = userId,
                Before = before,
            },
            cancellationToken
        );

    public static ValueTask<List<PostRow>> ReadPostsAsync(
        this DatabaseSession session,
        long[] ids,
        long? userId,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<PostRow>(
            "select "
                + SearchIndexQuery.Hint
                + " "
                + PostsTable.Columns
                + PostsTable.From
                + "where p.id in @Ids and (@UserId is null or p.user_id = @UserId) order by p.id desc",
            new { Ids = ids, UserId = userId },
            cancellationToken
        );
}
