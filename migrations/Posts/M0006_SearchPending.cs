using FluentMigrator;

namespace Kumiko.Posts.Migrations;

/// <summary>
/// Creates the queue of the search index: one row for each change of a post. The earlier text is kept only to remove it from the index.
/// </summary>
[Migration(6, "Search pending")]
public sealed class M0006_SearchPending : Migration
{
    public override void Up()
    {
        IfDatabase(ProcessorIdConstants.SQLite)
            .Execute.Sql(
                """
                create table search_pending
                (post_id integer not null, version integer not null, user_id integer not null, content_before text,
                primary key (post_id, version)) without rowid
                """
            );
        IfDatabase(ProcessorIdConstants.MySql)
            .Execute.Sql(
                """
                create table if not exists search_pending
                (post_id bigint not null, version bigint not null, user_id bigint not null,
                content_before mediumtext character set utf8mb4 collate utf8mb4_0900_bin, primary key (post_id, version))
                """
            );
    }

    public override void Down() => Delete.Table("search_pending");
}
