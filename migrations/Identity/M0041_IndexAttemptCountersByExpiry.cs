using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(41, "Index attempt counters by expiry")]
public sealed class M0041_IndexAttemptCountersByExpiry : AutoReversingMigration
{
    public override void Up() =>
        Create.Index("ix_attempt_counters_expires_at").OnTable("attempt_counters").OnColumn("expires_at").Ascending();
}
