using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>One account a name, whatever its case.</summary>
[Migration(3, "Unique usernames")]
public sealed class M0003_UniqueUsernames : Migration
{
    /// <inheritdoc />
    public override void Up() => Create.Index("ux_users_username_key").OnTable("users").OnColumn("username_key").Ascending().WithOptions().Unique();

    /// <inheritdoc />
    public override void Down() => Delete.Index("ux_users_username_key").OnTable("users");
}
