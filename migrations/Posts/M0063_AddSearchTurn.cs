using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(63, "Add the turn to change the search index")]
public sealed class M0063_AddSearchTurn : Migration
{
    public override void Up() => Insert.IntoTable("search_turn").Row(new { id = 1 });

    public override void Down() => Delete.FromTable("search_turn").AllRows();
}
