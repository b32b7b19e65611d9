using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

/// <summary>Creates the turn to change the search index, which is one row to lock.</summary>
[Migration(7, "Search turn")]
public sealed class M0007_SearchTurn() : TableMigration("search_turn")
{
    public override void Up()
    {
        base.Up();
        Execute.Sql("insert into search_turn (id) select 1 where not exists (select 1 from search_turn)");
    }

    protected override void AddColumns(ICreateTableWithColumnSyntax columns) => columns.WithColumn("id").AsInt32().PrimaryKey();
}
