using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(52, "Create the given up names")]
public sealed class M0052_CreateGivenUpNames : AutoReversingMigration
{
    public override void Up() =>
        Create
            .Table("given_up_names")
            .WithColumn("id")
            .AsInt64()
            .PrimaryKey()
            .Identity()
            .WithColumn("username_key")
            .AsString(576)
            .NotNullable()
            .WithColumn("username_skeleton")
            .AsString(576)
            .Nullable()
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .WithColumn("owner")
            .AsBinary(32)
            .Nullable()
            .WithColumn("given_up_at")
            .AsDateTime2()
            .NotNullable();
}
