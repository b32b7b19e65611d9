using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(40, "Create attempt counters")]
public sealed class M0040_CreateAttemptCounters : AutoReversingMigration
{
    public override void Up() =>
        Create
            .Table("attempt_counters")
            .WithColumn("bucket")
            .AsBinary(32)
            .NotNullable()
            .PrimaryKey("pk_attempt_counters")
            .WithColumn("attempts")
            .AsInt32()
            .NotNullable()
            .WithColumn("since")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("open_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("expires_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("version")
            .AsInt64()
            .NotNullable();
}
