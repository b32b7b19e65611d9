using System.Data;
using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(4, "Create sessions")]
public sealed class M0004_CreateSessions : Migration
{
    public override void Up() =>
        Create
            .Table("sessions")
            .WithColumn("id")
            .AsInt64()
            .PrimaryKey()
            .Identity()
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .ForeignKey("fk_sessions_user_id", "users", "id")
            .OnDelete(Rule.Cascade)
            .WithColumn("device")
            .AsString(255)
            .Nullable()
            .WithColumn("address")
            .AsAnsiString(64)
            .Nullable()
            .WithColumn("created_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("last_used_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("expires_at")
            .AsDateTime2()
            .NotNullable();

    // Written out, because the automatic reversal would drop the foreign key separately, which SQLite cannot.
    public override void Down() => Delete.Table("sessions");
}
