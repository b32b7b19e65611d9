using System.Data;
using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

/// <summary>People whom admins have invited to create an account, until they do.</summary>
[Migration(26, "Invitations")]
public sealed class M0026_Invitations() : TableMigration("invitations")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt64().PrimaryKey().Identity();
        columns.WithColumn("email").AsString(254).NotNullable();
        columns.WithColumn("email_key").AsString(254).NotNullable();
        // SHA-256 of the secret.
        columns.WithColumn("secret_hash").AsBinary(32).NotNullable();
        // The admin; null once that account is deleted.
        columns
            .WithColumn("invited_by")
            .AsInt64()
            .Nullable()
            .ForeignKey("fk_invitations_invited_by", "users", "id")
            .OnDelete(Rule.SetNull);
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("expires_at").AsDateTime2().NotNullable();
    }

    protected override void AddIndexes()
    {
        AddUniqueIndex("email_key");
        AddUniqueIndex("secret_hash");
        AddIndex("expires_at");
    }
}
