using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(12, "Note which way an event was handed over")]
public sealed class M0012_AddOutboxDeliveredBy : Migration
{
    public override void Up() => this.AddOutboxDeliveredBy();

    public override void Down() => Delete.Column("delivered_by").FromTable("outbox");
}
