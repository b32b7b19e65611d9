using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(2, "Unique emails")]
public sealed class M0002_UniqueEmails : AutoReversingMigration
{
    public override void Up() =>
        Create.Index("ux_users_email_key").OnTable("users").OnColumn("email_key").Ascending().WithOptions().Unique();
}
