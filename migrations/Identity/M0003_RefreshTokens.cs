using System.Data;
using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

// Spent tokens are kept: one that is used again reveals a theft.
[Migration(3, "Refresh tokens")]
public sealed class M0003_RefreshTokens() : TableMigration("refresh_tokens")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("token_hash").AsBinary(32).NotNullable().PrimaryKey("pk_refresh_tokens");
        columns
            .WithColumn("session_id")
            .AsInt64()
            .NotNullable()
            .ForeignKey("fk_refresh_tokens_session_id", "sessions", "id")
            .OnDelete(Rule.Cascade);
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("spent_at").AsDateTime2().Nullable();
    }

    protected override void AddIndexes()
    {
        // MySQL creates this index itself for the foreign key.
        IfDatabase(ProcessorIdConstants.SQLite).Delegate(() => AddIndex("session_id"));
        AddIndex("created_at");
    }
}
