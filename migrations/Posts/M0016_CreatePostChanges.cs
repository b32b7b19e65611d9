using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(16, "Create the changes of posts")]
public sealed class M0016_CreatePostChanges : AutoReversingMigration
{
    // The id is assigned when a change is written, the seq once the change is known to be committed. A change without a seq is not sent to
    // anybody yet.
    public override void Up() =>
        Create
            .Table("post_changes")
            .WithColumn("id")
            .AsInt64()
            .PrimaryKey()
            .Identity()
            .WithColumn("seq")
            .AsInt64()
            .Nullable()
            .WithColumn("post_id")
            .AsInt64()
            .NotNullable()
            .WithColumn("kind")
            .AsAnsiString(10)
            .NotNullable()
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .WithColumn("content")
            .AsString(20_000)
            .Nullable()
            .WithColumn("created_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("updated_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("changed_at")
            .AsDateTime2()
            .NotNullable();
}
