using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(55, "Index the given up names by user")]
public sealed class M0055_IndexGivenUpNamesByUser : AutoReversingMigration
{
    public override void Up() => Create.Index("ix_given_up_names_user_id").OnTable("given_up_names").OnColumn("user_id").Ascending();
}
