using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>
/// When recovery codes were made. Those of earlier versions, and those that their instances make during an upgrade, have no time and
/// count as old.
/// </summary>
[Migration(30, "Times of recovery codes")]
public sealed class M0030_TimesOfRecoveryCodes : Migration
{
    // MySQL cannot roll back a schema change, so the column may be there already.
    public override void Up()
    {
        if (!Schema.Table("recovery_codes").Column("created_at").Exists())
            Create.Column("created_at").OnTable("recovery_codes").AsDateTime2().Nullable();
    }

    // Written as SQL, because FluentMigrator's SQLite generator drops no columns.
    public override void Down() => Execute.Sql("alter table recovery_codes drop column created_at");
}
