using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(1, "Create authors")]
public sealed class M0001_CreateAuthors : AutoReversingMigration
{
    // The id is Identity's. A row whose user is gone stays, so that nothing that arrives late brings the user back.
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
