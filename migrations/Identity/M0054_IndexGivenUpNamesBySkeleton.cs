using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(54, "Index the given up names by skeleton")]
public sealed class M0054_IndexGivenUpNamesBySkeleton : AutoReversingMigration
{
    public override void Up() =>
        Create.Index("ix_given_up_names_username_skeleton").OnTable("given_up_names").OnColumn("username_skeleton").Ascending();
}
