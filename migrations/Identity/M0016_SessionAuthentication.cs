using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>
/// Says of a session when and how its user last proved who they are. Both are null in the sessions of earlier versions, which began with a
/// password when they were created.
/// </summary>
[Migration(16, "Session authentication")]
public sealed class M0016_SessionAuthentication : Migration
{
    public override void Up()
    {
        // MySQL cannot roll back a schema change, so each column may be there already.
        if (!Schema.Table("sessions").Column("auth_time").Exists())
            Alter.Table("sessions").AddColumn("auth_time").AsDateTime2().Nullable();
        if (!Schema.Table("sessions").Column("amr").Exists())
            Alter.Table("sessions").AddColumn("amr").AsAnsiString(64).Nullable();
    }

    // Written as SQL, because FluentMigrator's SQLite generator drops no columns.
    public override void Down()
    {
        Execute.Sql("alter table sessions drop column amr");
        Execute.Sql("alter table sessions drop column auth_time");
    }
}
