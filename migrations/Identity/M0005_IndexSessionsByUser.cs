using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(5, "Index sessions by user")]
public sealed class M0005_IndexSessionsByUser : Migration
{
    // MySQL creates this index itself for the foreign key, and would refuse to drop ours on the way down.
    public override void Up() =>
        IfDatabase(ProcessorIdConstants.SQLite)
            .Create.Index("ix_sessions_user_id")
            .OnTable("sessions")
            .OnColumn("user_id")
            .Ascending()
            .OnColumn("id")
            .Ascending();

    public override void Down() => IfDatabase(ProcessorIdConstants.SQLite).Delete.Index("ix_sessions_user_id").OnTable("sessions");
}
