using FluentMigrator;

namespace Kumiko.Posts.Migrations;

/// <summary>
/// Creates the search index. A change to how texts are folded must empty it and queue every post again:
/// <c>insert into search_pending (post_id, version, user_id) select id, 0, user_id from posts</c>.
/// </summary>
[Migration(5, "Search postings")]
public sealed class M0005_SearchPostings : Migration
{
    public override void Up()
    {
        // Stored in the order of its key, as MySQL stores every table.
        IfDatabase(ProcessorIdConstants.SQLite)
            .Execute.Sql(
                """
                create table search_postings
                (segment integer not null, gram integer not null, posts blob not null,
                primary key (segment, gram)) without rowid
                """
            );
        IfDatabase(ProcessorIdConstants.MySql)
            .Execute.Sql(
                """
                create table if not exists search_postings
                (segment bigint not null, gram bigint not null, posts varbinary(512) not null,
                primary key (segment, gram))
                """
            );
    }

    public override void Down() => Delete.Table("search_postings");
}
