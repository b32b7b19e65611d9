using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(2, "Posts")]
public sealed class M0002_Posts() : TableMigration("posts")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt64().PrimaryKey().Identity();
        columns.WithColumn("user_id").AsInt64().NotNullable();
        columns.WithColumn("content").AsString(20_000).NotNullable();
        columns.WithColumn("version").AsInt64().NotNullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("updated_at").AsDateTime2().NotNullable();
    }

    protected override void AddIndexes() => AddIndex("user_id", "id");
}
