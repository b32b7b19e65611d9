using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>Finds the few moderators and admins among many members.</summary>
[Migration(22, "User roles")]
public sealed class M0022_UserRoles : Migration
{
    private const string Index = "ix_users_role";

    public override void Up() => Create.Index(Index).OnTable("users").OnColumn("role").Ascending().OnColumn("id").Ascending();

    public override void Down() => Delete.Index(Index).OnTable("users");
}
