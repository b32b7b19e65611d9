using System.Data;
using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(21, "Disabled users")]
public sealed class M0021_DisabledUsers() : TableMigration("disabled_users")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .PrimaryKey("pk_disabled_users")
            .ForeignKey("fk_disabled_users_user_id", "users", "id")
            .OnDelete(Rule.Cascade);
        columns.WithColumn("disabled_at").AsDateTime2().NotNullable();
        columns.WithColumn("reason").AsString(500).Nullable();
    }
}
