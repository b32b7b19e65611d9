using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(20, "Create the inbox")]
public sealed class M0020_CreateInbox : Migration
{
    public override void Up() => this.CreateInbox();

    public override void Down() => Delete.Table("inbox");
}
