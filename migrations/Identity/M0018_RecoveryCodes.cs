using System.Data;
using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(18, "Recovery codes")]
public sealed class M0018_RecoveryCodes() : TableMigration("recovery_codes")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .PrimaryKey("pk_recovery_codes")
            .ForeignKey("fk_recovery_codes_user_id", "users", "id")
            .OnDelete(Rule.Cascade);
        columns.WithColumn("code_hash").AsBinary(32).NotNullable().PrimaryKey("pk_recovery_codes");
    }
}
