using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

/// <summary>The hash key, encrypted: it outlives the installation's secret. The program creates the only row.</summary>
[Migration(29, "Hash keys")]
public sealed class M0029_HashKeys() : TableMigration("hash_keys")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt32().NotNullable().PrimaryKey("pk_hash_keys");
        columns.WithColumn("sealed_key").AsBinary(255).NotNullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
    }
}
