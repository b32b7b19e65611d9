using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(5, "Released names")]
public sealed class M0005_ReleasedNames() : TableMigration("released_names")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt64().PrimaryKey().Identity();
        columns.WithColumn("username_key").AsString(576).NotNullable();
        columns.WithColumn("username_skeleton").AsString(576).NotNullable();
        columns.WithColumn("user_id").AsInt64().NotNullable();
        columns.WithColumn("owner").AsBinary(32).Nullable();
        columns.WithColumn("released_at").AsDateTime2().NotNullable();
    }

    protected override void AddIndexes()
    {
        AddIndex("username_key");
        AddIndex("username_skeleton");
        AddIndex("user_id");
        AddIndex("released_at");
    }
}
