using FluentMigrator;

namespace Kumiko.Identity.Migrations;

[Migration(10, "Create signing keys")]
public sealed class M0010_CreateSigningKeys : AutoReversingMigration
{
    // If two Hosts create the same generation at once, the primary key lets one win.
    public override void Up() =>
        Create
            .Table("signing_keys")
            .WithColumn("generation")
            .AsInt64()
            .NotNullable()
            .PrimaryKey("pk_signing_keys")
            .WithColumn("kid")
            .AsAnsiString(43)
            .NotNullable()
            .WithColumn("x")
            .AsAnsiString(43)
            .NotNullable()
            .WithColumn("y")
            .AsAnsiString(43)
            .NotNullable()
            .WithColumn("private_key")
            .AsBinary(128)
            .NotNullable()
            .WithColumn("created_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("activates_at")
            .AsDateTime2()
            .NotNullable();
}
