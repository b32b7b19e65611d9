using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

/// <summary>What authenticators were asked to sign and have not signed yet.</summary>
[Migration(24, "Passkey challenges")]
public sealed class M0024_PasskeyChallenges() : TableMigration("passkey_challenges")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        // SHA-256 of the challenge.
        columns.WithColumn("challenge_hash").AsBinary(32).NotNullable().PrimaryKey("pk_passkey_challenges");
        // The session that adds a passkey; null for a challenge to sign in.
        columns.WithColumn("session_id").AsInt64().Nullable();
        columns.WithColumn("expires_at").AsDateTime2().NotNullable();
    }

    protected override void AddIndexes() => AddIndex("expires_at");
}
