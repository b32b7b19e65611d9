using System.Data;
using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>Hashes of the refresh tokens, spent ones too: one shown again betrays a theft. They go with their session.</summary>
[Migration(7, "Create refresh tokens")]
public sealed class M0007_CreateRefreshTokens : Migration
{
    /// <inheritdoc />
    public override void Up() => Create.Table("refresh_tokens")
        .WithColumn("token_hash").AsBinary(32).NotNullable().PrimaryKey("pk_refresh_tokens")
        .WithColumn("session_id").AsInt64().NotNullable().ForeignKey("fk_refresh_tokens_session_id", "sessions", "id").OnDelete(Rule.Cascade)
        .WithColumn("created_at").AsDateTime2().NotNullable()
        .WithColumn("spent_at").AsDateTime2().Nullable();

    /// <inheritdoc />
    public override void Down() => Delete.Table("refresh_tokens");
}
