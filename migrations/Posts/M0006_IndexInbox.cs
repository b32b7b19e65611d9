using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(6, "Index the inbox")]
public sealed class M0006_IndexInbox : Migration
{
    public override void Up() => this.IndexInbox();

    public override void Down() => Delete.Index("ix_inbox_received_at").OnTable("inbox");
}
