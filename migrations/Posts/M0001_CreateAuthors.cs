using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(1, "Create authors")]
public sealed class M0001_CreateAuthors : AutoReversingMigration
{
    // Identity assigns the id. The row of a deleted user stays, so that events that arrive late do not bring the user back.
    public override void Up() =>
        Create
            .Table("authors")
            .WithColumn("id")
            .AsInt64()
            .PrimaryKey()
            .WithColumn("name")
            .AsString(64)
            .Nullable()
            .WithColumn("version")
            .AsInt64()
            .NotNullable()
            .WithColumn("is_deleted")
            .AsBoolean()
            .NotNullable();
}
