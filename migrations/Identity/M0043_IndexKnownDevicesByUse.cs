using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(43, "Index known devices by use")]
public sealed class M0043_IndexKnownDevicesByUse : AutoReversingMigration
{
    public override void Up() =>
        Create.Index("ix_known_devices_last_used_at").OnTable("known_devices").OnColumn("last_used_at").Ascending();
}
