using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(5, "Index sessions by user")]
public sealed class M0005_IndexSessionsByUser : Migration
{
    // MySQL makes this index by itself for the foreign key, and would not let go of ours on the way back.
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
