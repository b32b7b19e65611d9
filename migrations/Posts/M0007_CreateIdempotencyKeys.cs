using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(7, "Create the idempotency keys")]
public sealed class M0007_CreateIdempotencyKeys : Migration
{
    public override void Up() => this.CreateIdempotencyKeys();

    public override void Down() => Delete.Table("idempotency_keys");
}
