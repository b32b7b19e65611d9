using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(6, "Signing keys")]
public sealed class M0006_SigningKeys() : TableMigration("signing_keys")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        // If two Hosts create the same generation at once, the primary key lets one win.
        columns.WithColumn("generation").AsInt64().NotNullable().PrimaryKey("pk_signing_keys");
        columns.WithColumn("kid").AsAnsiString(43).NotNullable();
        columns.WithColumn("x").AsAnsiString(43).NotNullable();
        columns.WithColumn("y").AsAnsiString(43).NotNullable();
        columns.WithColumn("private_key").AsBinary(128).NotNullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("activates_at").AsDateTime2().NotNullable();
    }
}
