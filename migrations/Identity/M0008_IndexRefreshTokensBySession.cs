using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>What ending a session asks for. MySQL has this index already: it makes one for every foreign key.</summary>
[Migration(8, "Index refresh tokens by session")]
public sealed class M0008_IndexRefreshTokensBySession : Migration
{
    /// <inheritdoc />
    public override void Up() => IfDatabase(ProcessorIdConstants.SQLite).Create.Index("ix_refresh_tokens_session_id").OnTable("refresh_tokens").OnColumn("session_id").Ascending();

    /// <inheritdoc />
    public override void Down() => IfDatabase(ProcessorIdConstants.SQLite).Delete.Index("ix_refresh_tokens_session_id").OnTable("refresh_tokens");
}
