using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(1, "Create users")]
public sealed class M0001_CreateUsers : AutoReversingMigration
{
    public override void Up() =>
        Create
            .Table("users")
            .WithColumn("id")
            .AsInt64()
            .PrimaryKey()
            .Identity()
            .WithColumn("email")
            .AsString(254)
            .NotNullable()
            .WithColumn("email_key")
            .AsString(254)
            .NotNullable()
            .WithColumn("username")
            .AsString(32)
            .NotNullable()
            // Each of the 32 characters becomes at most 18 when it is normalised (Unicode Standard Annex 15, 'Normalization Forms').
            .WithColumn("username_key")
            .AsString(576)
            .NotNullable()
            .WithColumn("password_hash")
            .AsAnsiString(255)
            .NotNullable()
            .WithColumn("email_verified")
            .AsBoolean()
            .NotNullable()
            .WithColumn("role")
            .AsAnsiString(20)
            .NotNullable()
            .WithColumn("version")
            .AsInt64()
            .NotNullable()
            .WithColumn("created_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("updated_at")
            .AsDateTime2()
            .NotNullable();
}
