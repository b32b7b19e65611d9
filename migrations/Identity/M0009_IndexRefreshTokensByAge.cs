using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>What the sweep of the refresh tokens asks for.</summary>
[Migration(9, "Index refresh tokens by age")]
public sealed class M0009_IndexRefreshTokensByAge : Migration
{
    /// <inheritdoc />
    public override void Up() => Create.Index("ix_refresh_tokens_created_at").OnTable("refresh_tokens").OnColumn("created_at").Ascending();

    /// <inheritdoc />
    public override void Down() => Delete.Index("ix_refresh_tokens_created_at").OnTable("refresh_tokens");
}
