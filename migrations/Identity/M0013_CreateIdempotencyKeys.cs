using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

/// <summary>First answers to registrations that may be sent again.</summary>
[Migration(13, "Create idempotency keys")]
public sealed class M0013_CreateIdempotencyKeys : Migration
{
    /// <inheritdoc />
    public override void Up() => this.CreateIdempotencyKeys();

    /// <inheritdoc />
    public override void Down() => Delete.Table("idempotency_keys");
}
