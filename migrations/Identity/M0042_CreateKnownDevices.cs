using System.Data;
using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(42, "Create known devices")]
public sealed class M0042_CreateKnownDevices : Migration
{
    public override void Up() =>
        Create
            .Table("known_devices")
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .PrimaryKey("pk_known_devices")
            .ForeignKey("fk_known_devices_user_id", "users", "id")
            .OnDelete(Rule.Cascade)
            .WithColumn("device_hash")
            .AsBinary(32)
            .NotNullable()
            .PrimaryKey("pk_known_devices")
            .WithColumn("last_used_at")
            .AsDateTime2()
            .NotNullable();

    // Written out, because the automatic reversal would drop the foreign key separately, which SQLite cannot.
    public override void Down() => Delete.Table("known_devices");
}
