using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(60, "Create the postings of the search")]
public sealed class M0060_CreateSearchPostings : Migration
{
    public override void Up()
    {
        IfDatabase("mysql")
            .Delegate(() =>
                Create
                    .Table("search_postings")
                    .WithColumn("segment")
                    .AsInt64()
                    .NotNullable()
                    .PrimaryKey("pk_search_postings")
                    .WithColumn("gram")
                    .AsInt64()
                    .NotNullable()
                    .PrimaryKey("pk_search_postings")
                    .WithColumn("posts")
                    .AsBinary(512)
                    .NotNullable()
            );
        // Stored in the order of its key, as MySQL stores every table.
        IfDatabase("sqlite")
            .Execute.Sql(
                "create table search_postings (segment integer not null, gram integer not null, posts blob not null, primary key (segment, gram)) without rowid"
            );
    }

    public override void Down() => Delete.Table("search_postings");
}
