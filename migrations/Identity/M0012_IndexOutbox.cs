using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

/// <summary>The order in which the relay takes events.</summary>
[Migration(12, "Index outbox")]
public sealed class M0012_IndexOutbox : Migration
{
    /// <inheritdoc />
    public override void Up() => this.IndexOutbox();

    /// <inheritdoc />
    public override void Down() => Delete.Index("ix_outbox_next_attempt_at").OnTable("outbox");
}
