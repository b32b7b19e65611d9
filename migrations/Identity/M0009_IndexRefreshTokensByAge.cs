using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(9, "Index refresh tokens by age")]
public sealed class M0009_IndexRefreshTokensByAge : AutoReversingMigration
{
    public override void Up() => Create.Index("ix_refresh_tokens_created_at").OnTable("refresh_tokens").OnColumn("created_at").Ascending();
}
