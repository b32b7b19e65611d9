using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(56, "Index the given up names by age")]
public sealed class M0056_IndexGivenUpNamesByAge : AutoReversingMigration
{
    public override void Up() =>
        Create.Index("ix_given_up_names_given_up_at").OnTable("given_up_names").OnColumn("given_up_at").Ascending();
}
