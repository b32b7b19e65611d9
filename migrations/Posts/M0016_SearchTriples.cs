using FluentMigrator;

namespace Kumiko.Posts.Migrations;

/// <summary>
/// Queues every post for the search index, which lists posts by three letters of an alphabet, too. What the index already has stays right.
/// The turn gets another number, so that instances of the previous version, which don't write triples, leave the queue alone.
/// </summary>
[Migration(16, TransactionBehavior.None, "Search triples")]
public sealed class M0016_SearchTriples : Migration
{
    // Every statement can run again: without a transaction, a crash may leave some of them done.
    public override void Up()
    {
        Execute.Sql("update search_turn set id = 2 where id = 1");
        // By default MySQL would lock every post until the end, and the instances that still serve would wait to write.
        IfDatabase(ProcessorIdConstants.MySql).Execute.Sql("set session transaction isolation level read committed");
        Execute.Sql(
            """
            insert into search_pending (post_id, version, user_id)
            select id, 0, user_id from posts p
            where not exists (select 1 from search_pending s where s.post_id = p.id and s.version = 0)
            """
        );
    }

    // The previous version would never remove triples, not even those of deleted posts. A pair has at most 42 bits.
    public override void Down()
    {
        Execute.Sql("delete from search_postings where gram >= 4398046511104");
        Execute.Sql("update search_turn set id = 1 where id = 2");
    }
}
