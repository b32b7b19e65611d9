using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(62, "Create the turn to change the search index")]
public sealed class M0062_CreateSearchTurn : AutoReversingMigration
{
    public override void Up() => Create.Table("search_turn").WithColumn("id").AsInt32().PrimaryKey();
}
