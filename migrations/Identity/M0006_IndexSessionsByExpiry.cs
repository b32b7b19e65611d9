using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>What the sweep of the sessions asks for.</summary>
[Migration(6, "Index sessions by expiry")]
public sealed class M0006_IndexSessionsByExpiry : Migration
{
    /// <inheritdoc />
    public override void Up() => Create.Index("ix_sessions_expires_at").OnTable("sessions").OnColumn("expires_at").Ascending();

    /// <inheritdoc />
    public override void Down() => Delete.Index("ix_sessions_expires_at").OnTable("sessions");
}
