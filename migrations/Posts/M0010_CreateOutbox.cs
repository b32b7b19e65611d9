using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(10, "Create the outbox")]
public sealed class M0010_CreateOutbox : Migration
{
    public override void Up() => this.CreateOutbox();

    public override void Down() => Delete.Table("outbox");
}
