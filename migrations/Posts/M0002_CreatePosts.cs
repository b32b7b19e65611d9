using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(2, "Create posts")]
public sealed class M0002_CreatePosts : Migration
{
    public override void Up()
    {
        var posts = Create
            .Table("posts")
            .WithColumn("id")
            .AsInt64()
            .PrimaryKey()
            .Identity()
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .WithColumn("content")
            .AsString(20_000)
            .NotNullable()
            .WithColumn("version")
            .AsInt64()
            .NotNullable()
            .WithColumn("created_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("updated_at")
            .AsDateTime2()
            .NotNullable();
        // SQLite keeps it in the full-text table.
        IfDatabase("mysql").Delegate(() => posts.WithColumn("search_text").AsString(100_000).NotNullable());
    }

    public override void Down() => Delete.Table("posts");
}
