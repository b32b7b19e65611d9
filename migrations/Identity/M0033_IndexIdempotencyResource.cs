using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(33, "Index the kept answers by what they tell of")]
public sealed class M0033_IndexIdempotencyResource : Migration
{
    public override void Up() => this.IndexIdempotencyResource();

    public override void Down() => Delete.Index("ix_idempotency_keys_resource").OnTable("idempotency_keys");
}
