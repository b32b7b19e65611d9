using System.Data;
using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(2, "Sessions")]
public sealed class M0002_Sessions() : TableMigration("sessions")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt64().PrimaryKey().Identity();
        columns.WithColumn("user_id").AsInt64().NotNullable().ForeignKey("fk_sessions_user_id", "users", "id").OnDelete(Rule.Cascade);
        columns.WithColumn("device").AsString(255).Nullable();
        columns.WithColumn("address").AsAnsiString(64).Nullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("last_used_at").AsDateTime2().NotNullable();
        columns.WithColumn("expires_at").AsDateTime2().NotNullable();
    }

    protected override void AddIndexes()
    {
        // MySQL creates this index itself for the foreign key.
        IfDatabase(ProcessorIdConstants.SQLite).Delegate(() => AddIndex("user_id", "id"));
        AddIndex("expires_at");
    }
}
