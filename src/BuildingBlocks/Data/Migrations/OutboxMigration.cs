using FluentMigrator.Builders.Create.Table;

namespace Kumiko.BuildingBlocks.Data.Migrations;

/// <summary>Creates the table for events that are to be delivered. A delivered event stays for a while.</summary>
public abstract class OutboxMigration() : TableMigration("outbox")
{
    /// <inheritdoc/>
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt64().PrimaryKey().Identity();
        columns.WithColumn("event_id").AsAnsiString(36).NotNullable();
        columns.WithColumn("name").AsAnsiString(100).NotNullable();
        columns.WithColumn("body").AsString(1_000_000).NotNullable();
        columns.WithColumn("trace_parent").AsAnsiString(55).Nullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("attempts").AsInt32().NotNullable();
        columns.WithColumn("next_attempt_at").AsDateTime2().NotNullable();
        columns.WithColumn("delivered_at").AsDateTime2().Nullable();
        // The route by which the event was delivered.
        columns.WithColumn("delivered_by").AsAnsiString(64).Nullable();
    }

    /// <inheritdoc/>
    protected override void AddIndexes()
    {
        // For the relay (not delivered yet, by time) and for the retention (delivered long ago).
        AddIndex("delivered_at", "next_attempt_at", "id");
        AddIndex("delivered_by");
    }
}
