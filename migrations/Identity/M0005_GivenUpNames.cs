using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(5, "Given up names")]
public sealed class M0005_GivenUpNames() : TableMigration("given_up_names")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt64().PrimaryKey().Identity();
        columns.WithColumn("username_key").AsString(576).NotNullable();
        columns.WithColumn("username_skeleton").AsString(576).NotNullable();
        columns.WithColumn("user_id").AsInt64().NotNullable();
        columns.WithColumn("owner").AsBinary(32).Nullable();
        columns.WithColumn("given_up_at").AsDateTime2().NotNullable();
    }

    protected override void AddIndexes()
    {
        AddIndex("username_key");
        AddIndex("username_skeleton");
        AddIndex("user_id");
        AddIndex("given_up_at");
    }
}
