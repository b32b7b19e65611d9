using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>The list of a user's sessions, newest first. MySQL has this index already: it makes one for every foreign key.</summary>
[Migration(5, "Index sessions by user")]
public sealed class M0005_IndexSessionsByUser : Migration
{
    /// <inheritdoc />
    public override void Up() => IfDatabase(ProcessorIdConstants.SQLite).Create.Index("ix_sessions_user_id").OnTable("sessions").OnColumn("user_id").Ascending().OnColumn("id").Ascending();

    /// <inheritdoc />
    public override void Down() => IfDatabase(ProcessorIdConstants.SQLite).Delete.Index("ix_sessions_user_id").OnTable("sessions");
}
