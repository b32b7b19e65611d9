using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(6, "Index sessions by expiry")]
public sealed class M0006_IndexSessionsByExpiry : AutoReversingMigration
{
    public override void Up() => Create.Index("ix_sessions_expires_at").OnTable("sessions").OnColumn("expires_at").Ascending();
}
