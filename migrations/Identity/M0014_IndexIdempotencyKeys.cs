using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(14, "Index idempotency keys")]
public sealed class M0014_IndexIdempotencyKeys : Migration
{
    public override void Up() => this.IndexIdempotencyKeys();

    public override void Down() => Delete.Index("ix_idempotency_keys_created_at").OnTable("idempotency_keys");
}
