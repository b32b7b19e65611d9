using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(17, "Index the changes of posts by their order")]
public sealed class M0017_IndexPostChangesBySeq : AutoReversingMigration
{
    // Any number of changes may wait for their seq: null equals nothing. It holds the id at its end, so it also gives those in order.
    public override void Up() =>
        Create.Index("ux_post_changes_seq").OnTable("post_changes").OnColumn("seq").Ascending().WithOptions().Unique();
}
