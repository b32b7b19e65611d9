using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(65, "Drop the folded text of the posts")]
public sealed class M0065_DropPostsSearchText : Migration
{
    // Only MySQL has the column. Older programs cannot write from here on, so that no post is written without being queued for the new
    // index.
    public override void Up() => IfDatabase("mysql").Delegate(() => Delete.Column("search_text").FromTable("posts"));

    public override void Down() =>
        IfDatabase("mysql")
            .Execute.Sql(
                "alter table posts add column search_text mediumtext character set utf8mb4 collate utf8mb4_0900_bin not null default (content)"
            );
}
