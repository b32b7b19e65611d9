using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

// The ids are assigned by the program, without gaps, so that a removed row can be seen. There are no foreign keys: an entry outlives the
// account.
[Migration(19, "Audit entries")]
public sealed class M0019_AuditEntries() : TableMigration("audit_entries")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt64().NotNullable().PrimaryKey("pk_audit_entries");
        columns.WithColumn("at").AsDateTime2().NotNullable();
        columns.WithColumn("action").AsAnsiString(40).NotNullable();
        columns.WithColumn("outcome").AsAnsiString(20).NotNullable();
        columns.WithColumn("actor_id").AsInt64().Nullable();
        columns.WithColumn("actor_digest").AsBinary(16).Nullable();
        columns.WithColumn("subject_id").AsInt64().Nullable();
        columns.WithColumn("subject_digest").AsBinary(16).Nullable();
        columns.WithColumn("session_id").AsInt64().Nullable();
        columns.WithColumn("client").AsAnsiString(64).Nullable();
        columns.WithColumn("details").AsAnsiString(100).Nullable();
        columns.WithColumn("reason").AsString(500).Nullable();
        columns.WithColumn("personal_digest").AsBinary(32).NotNullable();
        columns.WithColumn("hash").AsBinary(32).NotNullable();
    }

    protected override void AddIndexes()
    {
        AddIndex("actor_id", "id");
        AddIndex("subject_id", "id");
        AddIndex("action", "id");
        AddIndex("at", "id");
    }
}
