using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(30, "Create the ended sessions")]
public sealed class M0030_CreateEndedSessions : Migration
{
    public override void Up() => this.CreateEndedSessions();

    public override void Down() => Delete.Table("ended_sessions");
}
