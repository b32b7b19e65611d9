using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(18, "Index the changes of posts by post")]
public sealed class M0018_IndexPostChangesByPost : AutoReversingMigration
{
    public override void Up() => Create.Index("ix_post_changes_post_id").OnTable("post_changes").OnColumn("post_id").Ascending();
}
