using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(50, "Add the skeleton of the username")]
public sealed class M0050_AddUsernameSkeleton : Migration
{
    // Null in rows of older programs until the migrations have run, because only the program can compute it.
    public override void Up() => Alter.Table("users").AddColumn("username_skeleton").AsString(576).Nullable();

    public override void Down() => Delete.Column("username_skeleton").FromTable("users");
}
