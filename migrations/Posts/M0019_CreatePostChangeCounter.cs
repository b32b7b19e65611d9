using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(19, "Create the counter of the changes of posts")]
public sealed class M0019_CreatePostChangeCounter : AutoReversingMigration
{
    public override void Up() =>
        Create.Table("post_change_counter").WithColumn("id").AsInt32().PrimaryKey().WithColumn("last_seq").AsInt64().NotNullable();
}
