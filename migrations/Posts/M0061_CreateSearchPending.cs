using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(61, "Create the queue of the search")]
public sealed class M0061_CreateSearchPending : Migration
{
    // One row for each change of a post. The earlier text is kept only to remove it from the index.
    public override void Up()
    {
        IfDatabase("mysql")
            .Delegate(() =>
                Create
                    .Table("search_pending")
                    .WithColumn("post_id")
                    .AsInt64()
                    .NotNullable()
                    .PrimaryKey("pk_search_pending")
                    .WithColumn("version")
                    .AsInt64()
                    .NotNullable()
                    .PrimaryKey("pk_search_pending")
                    .WithColumn("user_id")
                    .AsInt64()
                    .NotNullable()
                    .WithColumn("content_before")
                    .AsString(20_000)
                    .Nullable()
            );
        IfDatabase("sqlite")
            .Execute.Sql(
                "create table search_pending (post_id integer not null, version integer not null, user_id integer not null, content_before text, primary key (post_id, version)) without rowid"
            );
    }

    public override void Down() => Delete.Table("search_pending");
}
