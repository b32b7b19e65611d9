using FluentMigrator.Builders.Create.Table;

namespace Kumiko.BuildingBlocks.Data.Migrations;

/// <summary>Creates the table for the first responses to requests with an <c>Idempotency-Key</c>.</summary>
public abstract class IdempotencyKeysMigration() : TableMigration("idempotency_keys")
{
    /// <inheritdoc/>
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("user_id").AsInt64().NotNullable().PrimaryKey("pk_idempotency_keys");
        columns.WithColumn("operation").AsAnsiString(100).NotNullable().PrimaryKey("pk_idempotency_keys");
        columns.WithColumn("idempotency_key").AsAnsiString(255).NotNullable().PrimaryKey("pk_idempotency_keys");
        columns.WithColumn("request_hash").AsBinary(32).NotNullable();
        columns.WithColumn("answer").AsString(1_000_000).Nullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        // What the response describes: deleting that removes the response.
        columns.WithColumn("resource").AsAnsiString(64).Nullable();
    }

    /// <inheritdoc/>
    protected override void AddIndexes()
    {
        AddIndex("created_at");
        AddIndex("resource");
    }
}
