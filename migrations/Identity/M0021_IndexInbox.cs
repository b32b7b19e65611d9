using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(21, "Index the inbox")]
public sealed class M0021_IndexInbox : Migration
{
    public override void Up() => this.IndexInbox();

    public override void Down() => Delete.Index("ix_inbox_received_at").OnTable("inbox");
}
