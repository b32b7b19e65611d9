using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

/// <summary>Creates the row that says where the chain of audit entries begins and ends.</summary>
[Migration(20, "Audit chain")]
public sealed class M0020_AuditChain() : TableMigration("audit_chain")
{
    public override void Up()
    {
        base.Up();
        var nothing = new string('0', 64);
        Execute.Sql(
            $"""
            insert into audit_chain (id, last_id, last_hash, anchor_id, anchor_hash)
            select 1, 0, x'{nothing}', 0, x'{nothing}' where not exists (select 1 from audit_chain)
            """
        );
    }

    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt32().NotNullable().PrimaryKey("pk_audit_chain");
        columns.WithColumn("last_id").AsInt64().NotNullable();
        columns.WithColumn("last_hash").AsBinary(32).NotNullable();
        columns.WithColumn("anchor_id").AsInt64().NotNullable();
        columns.WithColumn("anchor_hash").AsBinary(32).NotNullable();
        columns.WithColumn("seal").AsBinary(32).Nullable();
    }
}
