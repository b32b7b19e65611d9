using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(51, "Unique username skeletons")]
public sealed class M0051_UniqueUsernameSkeletons : AutoReversingMigration
{
    public override void Up() =>
        Create.Index("ux_users_username_skeleton").OnTable("users").OnColumn("username_skeleton").Ascending().WithOptions().Unique();
}
