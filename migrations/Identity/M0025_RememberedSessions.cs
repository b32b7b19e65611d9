using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>
/// Whether the user wanted to stay signed in. Sessions of earlier versions, and those that their instances begin during an upgrade, are
/// remembered.
/// </summary>
[Migration(25, "Remembered sessions")]
public sealed class M0025_RememberedSessions : Migration
{
    public override void Up() => Create.Column("remembered").OnTable("sessions").AsBoolean().NotNullable().WithDefaultValue(true);

    // Written as SQL, because FluentMigrator's SQLite generator drops no columns.
    public override void Down() => Execute.Sql("alter table sessions drop column remembered");
}
