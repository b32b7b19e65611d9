using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

/// <summary>Mails that wait to be sent. A mail that was sent is deleted.</summary>
[Migration(13, "Mails")]
public sealed class M0013_Mails() : TableMigration("mails")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt64().PrimaryKey().Identity();
        // The recipient and what the mail says, encrypted.
        columns.WithColumn("content").AsBinary(8_000).NotNullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("expires_at").AsDateTime2().NotNullable();
        columns.WithColumn("attempts").AsInt32().NotNullable();
        columns.WithColumn("next_attempt_at").AsDateTime2().NotNullable();
    }

    protected override void AddIndexes() => AddIndex("next_attempt_at", "id");
}
