using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(53, "Index the given up names by key")]
public sealed class M0053_IndexGivenUpNamesByKey : AutoReversingMigration
{
    public override void Up() =>
        Create.Index("ix_given_up_names_username_key").OnTable("given_up_names").OnColumn("username_key").Ascending();
}
