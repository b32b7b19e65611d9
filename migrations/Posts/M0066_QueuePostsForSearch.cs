using FluentMigrator;

namespace Kumiko.Posts.Migrations;

/// <summary>
/// Queues every post for the index, which is then filled in the background, newest posts first. A change to how texts are folded must empty
/// <c>search_postings</c> and do this again.
/// </summary>
[Migration(66, "Queue the posts for the search index")]
public sealed class M0066_QueuePostsForSearch : Migration
{
    public override void Up() => Execute.Sql("insert into search_pending (post_id, version, user_id) select id, 0, user_id from posts");

    public override void Down() => Delete.FromTable("search_pending").AllRows();
}
