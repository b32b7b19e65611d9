using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

/// <summary>What the sweep of the idempotency keys asks for.</summary>
[Migration(14, "Index idempotency keys")]
public sealed class M0014_IndexIdempotencyKeys : Migration
{
    /// <inheritdoc />
    public override void Up() => this.IndexIdempotencyKeys();

    /// <inheritdoc />
    public override void Down() => Delete.Index("ix_idempotency_keys_created_at").OnTable("idempotency_keys");
}
