using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(31, "Index the ended sessions")]
public sealed class M0031_IndexEndedSessions : Migration
{
    public override void Up() => this.IndexEndedSessions();

    public override void Down() => Delete.Index("ix_ended_sessions_noted_at").OnTable("ended_sessions");
}
