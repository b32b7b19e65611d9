using FluentMigrator;

namespace Kumiko.Posts.Migrations;

/// <summary>
/// Queues every post for the search index, which lists posts by three letters of an alphabet, too. What the index already has stays right.
/// The turn gets another number, so that instances of the version before, which know no triples, leave the queue alone.
/// </summary>
[Migration(16, "Search triples")]
public sealed class M0016_SearchTriples : Migration
{
    public override void Up()
    {
        Execute.Sql("update search_turn set id = 2 where id = 1");
        Execute.Sql(
            """
            insert into search_pending (post_id, version, user_id)
            select id, 0, user_id from posts p
            where not exists (select 1 from search_pending s where s.post_id = p.id and s.version = 0)
            """
        );
    }

    public override void Down() => Execute.Sql("update search_turn set id = 1 where id = 2");
}
