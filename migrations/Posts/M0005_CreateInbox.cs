using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(5, "Create the inbox")]
public sealed class M0005_CreateInbox : Migration
{
    public override void Up() => this.CreateInbox();

    public override void Down() => Delete.Table("inbox");
}
