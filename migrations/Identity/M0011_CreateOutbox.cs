using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(11, "Create the outbox")]
public sealed class M0011_CreateOutbox : Migration
{
    public override void Up() => this.CreateOutbox();

    public override void Down() => Delete.Table("outbox");
}
