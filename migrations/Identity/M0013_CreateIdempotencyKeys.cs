using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(13, "Create idempotency keys")]
public sealed class M0013_CreateIdempotencyKeys : Migration
{
    public override void Up() => this.CreateIdempotencyKeys();

    public override void Down() => Delete.Table("idempotency_keys");
}
