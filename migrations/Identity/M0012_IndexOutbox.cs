using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(12, "Index the outbox")]
public sealed class M0012_IndexOutbox : Migration
{
    public override void Up() => this.IndexOutbox();

    public override void Down() => Delete.Index("ix_outbox_next_attempt_at").OnTable("outbox");
}
