using System.Data;
using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(23, "Passkeys")]
public sealed class M0023_Passkeys() : TableMigration("passkeys")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt64().PrimaryKey().Identity();
        columns.WithColumn("user_id").AsInt64().NotNullable().ForeignKey("fk_passkeys_user_id", "users", "id").OnDelete(Rule.Cascade);
        columns.WithColumn("name").AsString(64).NotNullable();
        // WebAuthn allows 1,023 bytes.
        columns.WithColumn("credential_id").AsBinary(1_023).NotNullable();
        columns.WithColumn("public_key").AsBinary(2_048).NotNullable();
        columns.WithColumn("sign_count").AsInt64().NotNullable();
        columns.WithColumn("backup_eligible").AsBoolean().NotNullable();
        columns.WithColumn("backed_up").AsBoolean().NotNullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("last_used_at").AsDateTime2().Nullable();
    }

    protected override void AddIndexes()
    {
        // MySQL creates this index itself for the foreign key.
        IfDatabase(ProcessorIdConstants.SQLite).Delegate(() => AddIndex("user_id", "id"));
        AddUniqueIndex("credential_id");
    }
}
