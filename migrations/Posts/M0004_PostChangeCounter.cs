using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

/// <summary>Creates the counter of the changes, which is one row.</summary>
[Migration(4, "Post change counter")]
public sealed class M0004_PostChangeCounter() : TableMigration("post_change_counter")
{
    public override void Up()
    {
        base.Up();
        Execute.Sql("insert into post_change_counter (id, last_seq) select 1, 0 where not exists (select 1 from post_change_counter)");
    }

    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt32().PrimaryKey();
        columns.WithColumn("last_seq").AsInt64().NotNullable();
    }
}
