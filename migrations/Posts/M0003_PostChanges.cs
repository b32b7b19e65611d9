using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(3, "Post changes")]
public sealed class M0003_PostChanges() : TableMigration("post_changes")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        // The id is assigned when a change is written, the seq once the change is known to be committed. A change without a seq is not sent
        // to anybody yet.
        columns.WithColumn("id").AsInt64().PrimaryKey().Identity();
        columns.WithColumn("seq").AsInt64().Nullable();
        columns.WithColumn("post_id").AsInt64().NotNullable();
        columns.WithColumn("kind").AsAnsiString(10).NotNullable();
        columns.WithColumn("user_id").AsInt64().NotNullable();
        columns.WithColumn("content").AsString(20_000).Nullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("updated_at").AsDateTime2().NotNullable();
        columns.WithColumn("changed_at").AsDateTime2().NotNullable();
    }

    protected override void AddIndexes()
    {
        // Any number of changes may wait for their seq, because a null never equals another. The index ends with the id, so it also returns
        // the waiting changes in order.
        AddUniqueIndex("seq");
        AddIndex("post_id");
    }
}
