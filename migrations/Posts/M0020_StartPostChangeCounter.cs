using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(20, "Start the counter of the changes of posts")]
public sealed class M0020_StartPostChangeCounter : Migration
{
    public override void Up() => Insert.IntoTable("post_change_counter").Row(new { id = 1, last_seq = 0L });

    public override void Down() => Delete.FromTable("post_change_counter").AllRows();
}
