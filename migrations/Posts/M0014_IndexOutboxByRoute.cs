using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(14, "Index the outbox by route")]
public sealed class M0014_IndexOutboxByRoute : Migration
{
    public override void Up() => this.IndexOutboxByRoute();

    public override void Down() => Delete.Index("ix_outbox_delivered_by").OnTable("outbox");
}
