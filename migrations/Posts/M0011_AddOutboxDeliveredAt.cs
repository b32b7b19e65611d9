using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(11, "Note when an event was handed over")]
public sealed class M0011_AddOutboxDeliveredAt : Migration
{
    public override void Up() => this.AddOutboxDeliveredAt();

    public override void Down() => Delete.Column("delivered_at").FromTable("outbox");
}
