using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>An address that a user wants to have and has not proved yet, and the language of mails to the user.</summary>
[Migration(15, "Pending e-mail addresses")]
public sealed class M0015_PendingEmails : Migration
{
    // MySQL cannot roll back a schema change, so an interrupted attempt leaves the first column behind.
    public override void Up()
    {
        if (!Schema.Table("users").Column("pending_email").Exists())
            Create.Column("pending_email").OnTable("users").AsString(254).Nullable();
        if (!Schema.Table("users").Column("language").Exists())
            Create.Column("language").OnTable("users").AsAnsiString(8).Nullable();
    }

    public override void Down()
    {
        Execute.Sql("alter table users drop column language");
        Execute.Sql("alter table users drop column pending_email");
    }
}
