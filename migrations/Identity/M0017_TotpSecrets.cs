using System.Data;
using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

// A row with expires_at waits for its first code; once that was entered, it is null and the second factor is on.
[Migration(17, "TOTP secrets")]
public sealed class M0017_TotpSecrets() : TableMigration("totp_secrets")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .PrimaryKey("pk_totp_secrets")
            .ForeignKey("fk_totp_secrets_user_id", "users", "id")
            .OnDelete(Rule.Cascade);
        columns.WithColumn("sealed_secret").AsBinary(64).NotNullable();
        columns.WithColumn("last_step").AsInt64().NotNullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("expires_at").AsDateTime2().Nullable();
    }

    protected override void AddIndexes() => AddIndex("expires_at");
}
