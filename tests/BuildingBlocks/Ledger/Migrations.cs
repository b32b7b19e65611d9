using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.BuildingBlocks.Tests.Ledger;

[Migration(1)]
public sealed class CreateEntries : AutoReversingMigration
{
    public override void Up() =>
        Create
            .Table("entries")
            .WithColumn("id")
            .AsInt64()
            .PrimaryKey()
            .Identity()
            .WithColumn("what")
            .AsString(200)
            .NotNullable()
            .WithColumn("noted_at")
            .AsDateTime2()
            .NotNullable();
}

[Migration(2)]
public sealed class CreateOutbox : Migration
{
    public override void Up() => this.CreateOutbox();

    public override void Down() => Delete.Table("outbox");
}

[Migration(3)]
public sealed class IndexOutbox : Migration
{
    public override void Up() => this.IndexOutbox();

    public override void Down() => Delete.Index("ix_outbox_next_attempt_at").OnTable("outbox");
}

[Migration(4)]
public sealed class CreateInbox : Migration
{
    public override void Up() => this.CreateInbox();

    public override void Down() => Delete.Table("inbox");
}

[Migration(5)]
public sealed class CreateIdempotencyKeys : Migration
{
    public override void Up() => this.CreateIdempotencyKeys();

    public override void Down() => Delete.Table("idempotency_keys");
}

[Migration(6)]
public sealed class AddOutboxDeliveredAt : Migration
{
    public override void Up() => this.AddOutboxDeliveredAt();

    public override void Down() => Delete.Column("delivered_at").FromTable("outbox");
}

[Migration(7)]
public sealed class AddOutboxDeliveredBy : Migration
{
    public override void Up() => this.AddOutboxDeliveredBy();

    public override void Down() => Delete.Column("delivered_by").FromTable("outbox");
}

[Migration(8)]
public sealed class IndexOutboxByDelivery : Migration
{
    public override void Up() => this.IndexOutboxByDelivery();

    public override void Down() => Delete.Index("ix_outbox_delivered_at").OnTable("outbox");
}

[Migration(9)]
public sealed class IndexOutboxByRoute : Migration
{
    public override void Up() => this.IndexOutboxByRoute();

    public override void Down() => Delete.Index("ix_outbox_delivered_by").OnTable("outbox");
}

[Migration(10)]
public sealed class CreateParkedEvents : Migration
{
    public override void Up() => this.CreateParkedEvents();

    public override void Down() => Delete.Table("parked_events");
}

[Migration(11)]
public sealed class AddIdempotencyResource : Migration
{
    public override void Up() => this.AddIdempotencyResource();

    public override void Down() => Delete.Column("resource").FromTable("idempotency_keys");
}
