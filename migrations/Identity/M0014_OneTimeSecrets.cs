using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

/// <summary>Secrets that were mailed to users and may be used once.</summary>
[Migration(14, "One-time secrets")]
public sealed class M0014_OneTimeSecrets() : TableMigration("one_time_secrets")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        // SHA-256 of the secret.
        columns.WithColumn("secret_hash").AsBinary(32).NotNullable().PrimaryKey("pk_one_time_secrets");
        // Not a foreign key: an unknown address gets a secret of nobody, so that its request takes as long.
        columns.WithColumn("user_id").AsInt64().NotNullable();
        columns.WithColumn("kind").AsAnsiString(20).NotNullable();
        // The address that the secret was sent to.
        columns.WithColumn("email").AsString(254).NotNullable();
        columns.WithColumn("expires_at").AsDateTime2().NotNullable();
    }

    protected override void AddIndexes()
    {
        AddIndex("user_id", "kind");
        AddIndex("expires_at");
    }
}
