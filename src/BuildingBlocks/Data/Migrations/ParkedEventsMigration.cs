using FluentMigrator.Builders.Create.Table;

namespace Kumiko.BuildingBlocks.Data.Migrations;

/// <summary>Creates the table for events that a handler of this module failed to handle, set aside for an operator.</summary>
public abstract class ParkedEventsMigration() : TableMigration("parked_events")
{
    /// <inheritdoc/>
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("event_id").AsAnsiString(36).NotNullable().PrimaryKey("pk_parked_events");
        columns.WithColumn("handler").AsAnsiString(100).NotNullable().PrimaryKey("pk_parked_events");
        columns.WithColumn("name").AsAnsiString(100).NotNullable();
        columns.WithColumn("body").AsString(1_000_000).NotNullable();
        columns.WithColumn("trace_parent").AsAnsiString(55).Nullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("attempts").AsInt32().NotNullable();
        columns.WithColumn("error").AsString(2_000).NotNullable();
        columns.WithColumn("parked_at").AsDateTime2().NotNullable();
    }
}
