using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(8, "Index refresh tokens by session")]
public sealed class M0008_IndexRefreshTokensBySession : Migration
{
    // MySQL creates this index itself for the foreign key, and would refuse to drop ours on the way down.
    public override void Up() =>
        IfDatabase(ProcessorIdConstants.SQLite)
            .Create.Index("ix_refresh_tokens_session_id")
            .OnTable("refresh_tokens")
            .OnColumn("session_id")
            .Ascending();

    public override void Down() =>
        IfDatabase(ProcessorIdConstants.SQLite).Delete.Index("ix_refresh_tokens_session_id").OnTable("refresh_tokens");
}
