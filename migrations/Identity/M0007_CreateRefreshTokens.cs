using System.Data;
using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(7, "Create refresh tokens")]
public sealed class M0007_CreateRefreshTokens : Migration
{
    // Spent tokens are kept: one that is used again reveals a theft.
    public override void Up() =>
        Create
            .Table("refresh_tokens")
            .WithColumn("token_hash")
            .AsBinary(32)
            .NotNullable()
            .PrimaryKey("pk_refresh_tokens")
            .WithColumn("session_id")
            .AsInt64()
            .NotNullable()
            .ForeignKey("fk_refresh_tokens_session_id", "sessions", "id")
            .OnDelete(Rule.Cascade)
            .WithColumn("created_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("spent_at")
            .AsDateTime2()
            .Nullable();

    // Written out, because the automatic reversal would drop the foreign key separately, which SQLite cannot.
    public override void Down() => Delete.Table("refresh_tokens");
}
