using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(9, "Create the parked events")]
public sealed class M0009_CreateParkedEvents : Migration
{
    public override void Up() => this.CreateParkedEvents();

    public override void Down() => Delete.Table("parked_events");
}
