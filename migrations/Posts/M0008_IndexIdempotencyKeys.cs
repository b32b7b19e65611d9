using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(8, "Index the idempotency keys")]
public sealed class M0008_IndexIdempotencyKeys : Migration
{
    public override void Up() => this.IndexIdempotencyKeys();

    public override void Down() => Delete.Index("ix_idempotency_keys_created_at").OnTable("idempotency_keys");
}
