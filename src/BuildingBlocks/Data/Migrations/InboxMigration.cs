using FluentMigrator.Builders.Create.Table;

namespace Kumiko.BuildingBlocks.Data.Migrations;

/// <summary>Creates the table for events that took effect here, so that one delivered twice takes effect once.</summary>
public abstract class InboxMigration() : TableMigration("inbox")
{
    /// <inheritdoc/>
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("event_id").AsAnsiString(36).NotNullable().PrimaryKey("pk_inbox");
        columns.WithColumn("handler").AsAnsiString(100).NotNullable().PrimaryKey("pk_inbox");
        columns.WithColumn("received_at").AsDateTime2().NotNullable();
    }

    /// <inheritdoc/>
    protected override void AddIndexes() => AddIndex("received_at");
}
