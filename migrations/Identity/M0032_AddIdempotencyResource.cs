using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(32, "Note what a kept answer tells of")]
public sealed class M0032_AddIdempotencyResource : Migration
{
    public override void Up() => this.AddIdempotencyResource();

    public override void Down() => Delete.Column("resource").FromTable("idempotency_keys");
}
