using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(7, "Attempt counters")]
public sealed class M0007_AttemptCounters() : TableMigration("attempt_counters")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("bucket").AsBinary(32).NotNullable().PrimaryKey("pk_attempt_counters");
        columns.WithColumn("attempts").AsInt32().NotNullable();
        columns.WithColumn("since").AsDateTime2().NotNullable();
        columns.WithColumn("open_at").AsDateTime2().NotNullable();
        columns.WithColumn("expires_at").AsDateTime2().NotNullable();
        columns.WithColumn("version").AsInt64().NotNullable();
    }

    protected override void AddIndexes() => AddIndex("expires_at");
}
