using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>One account an address, whatever its case.</summary>
[Migration(2, "Unique emails")]
public sealed class M0002_UniqueEmails : Migration
{
    /// <inheritdoc />
    public override void Up() => Create.Index("ux_users_email_key").OnTable("users").OnColumn("email_key").Ascending().WithOptions().Unique();

    /// <inheritdoc />
    public override void Down() => Delete.Index("ux_users_email_key").OnTable("users");
}
