using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(3, "Unique usernames")]
public sealed class M0003_UniqueUsernames : AutoReversingMigration
{
    public override void Up() =>
        Create.Index("ux_users_username_key").OnTable("users").OnColumn("username_key").Ascending().WithOptions().Unique();
}
