using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(3, "Index posts by author")]
public sealed class M0003_IndexPostsByAuthor : AutoReversingMigration
{
    public override void Up() =>
        Create.Index("ix_posts_user_id").OnTable("posts").OnColumn("user_id").Ascending().OnColumn("id").Ascending();
}
