using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(19, "Drop the index that the one by delivery replaces")]
public sealed class M0019_DropOutboxNextAttemptIndex : Migration
{
    public override void Up() => Delete.Index("ix_outbox_next_attempt_at").OnTable("outbox");

    public override void Down() => this.IndexOutbox();
}
