using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(15, "Note when an event was handed over")]
public sealed class M0015_AddOutboxDeliveredAt : Migration
{
    public override void Up() => this.AddOutboxDeliveredAt();

    public override void Down() => Delete.Column("delivered_at").FromTable("outbox");
}
