using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.BuildingBlocks.Tests.Ledger;

[Migration(1)]
public sealed class CreateEntries() : TableMigration("entries")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt64().PrimaryKey().Identity();
        columns.WithColumn("what").AsString(200).NotNullable();
        columns.WithColumn("noted_at").AsDateTime2().NotNullable();
    }
}

[Migration(2)]
public sealed class CreateInbox : InboxMigration;

[Migration(3)]
public sealed class CreateParkedEvents : ParkedEventsMigration;

[Migration(4)]
public sealed class CreateIdempotencyKeys : IdempotencyKeysMigration;

[Migration(5)]
public sealed class CreateOutbox : OutboxMigration;
