using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(17, "Index the outbox by delivery")]
public sealed class M0017_IndexOutboxByDelivery : Migration
{
    public override void Up() => this.IndexOutboxByDelivery();

    public override void Down() => Delete.Index("ix_outbox_delivered_at").OnTable("outbox");
}
