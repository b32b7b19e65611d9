using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(17, "Index the changes of posts by their order")]
public sealed class M0017_IndexPostChangesBySeq : AutoReversingMigration
{
    // Any number of changes may wait for their seq, because a null never equals another. The index ends with the id, so it also returns the
    // waiting changes in order.
    public override void Up() =>
        Create.Index("ux_post_changes_seq").OnTable("post_changes").OnColumn("seq").Ascending().WithOptions().Unique();
}
