using FluentMigrator.Builders.Create.Table;

namespace Kumiko.BuildingBlocks.Data.Migrations;

/// <summary>Creates the table for sessions that have ended while one of their access tokens may still be valid.</summary>
public abstract class EndedSessionsMigration() : TableMigration("ended_sessions")
{
    /// <inheritdoc/>
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("session_id").AsInt64().NotNullable().PrimaryKey("pk_ended_sessions");
        columns.WithColumn("noted_at").AsDateTime2().NotNullable();
        columns.WithColumn("expires_at").AsDateTime2().NotNullable();
    }

    // For the read that runs every second, and for the retention.
    /// <inheritdoc/>
    protected override void AddIndexes() => AddIndex("noted_at");
}
