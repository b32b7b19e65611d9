using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

// The row of a deleted user stays, so that events that arrive late do not bring the user back.
[Migration(1, "Authors")]
public sealed class M0001_Authors() : TableMigration("authors")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        // Identity assigns the id.
        columns.WithColumn("id").AsInt64().PrimaryKey();
        columns.WithColumn("name").AsString(64).Nullable();
        columns.WithColumn("version").AsInt64().NotNullable();
        columns.WithColumn("is_deleted").AsBoolean().NotNullable();
    }
}
