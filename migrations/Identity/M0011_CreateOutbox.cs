using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

/// <summary>Events on their way to the other modules.</summary>
[Migration(11, "Create outbox")]
public sealed class M0011_CreateOutbox : Migration
{
    /// <inheritdoc />
    public override void Up() => this.CreateOutbox();

    /// <inheritdoc />
    public override void Down() => Delete.Table("outbox");
}
