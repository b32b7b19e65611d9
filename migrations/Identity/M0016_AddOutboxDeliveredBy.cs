using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(16, "Note which way an event was handed over")]
public sealed class M0016_AddOutboxDeliveredBy : Migration
{
    public override void Up() => this.AddOutboxDeliveredBy();

    public override void Down() => Delete.Column("delivered_by").FromTable("outbox");
}
