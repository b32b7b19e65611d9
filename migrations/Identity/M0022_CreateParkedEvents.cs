using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(22, "Create the parked events")]
public sealed class M0022_CreateParkedEvents : Migration
{
    public override void Up() => this.CreateParkedEvents();

    public override void Down() => Delete.Table("parked_events");
}
