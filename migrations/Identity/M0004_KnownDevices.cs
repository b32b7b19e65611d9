using System.Data;
using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(4, "Known devices")]
public sealed class M0004_KnownDevices() : TableMigration("known_devices")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .PrimaryKey("pk_known_devices")
            .ForeignKey("fk_known_devices_user_id", "users", "id")
            .OnDelete(Rule.Cascade);
        columns.WithColumn("device_hash").AsBinary(32).NotNullable().PrimaryKey("pk_known_devices");
        columns.WithColumn("last_used_at").AsDateTime2().NotNullable();
    }

    protected override void AddIndexes() => AddIndex("last_used_at");
}
