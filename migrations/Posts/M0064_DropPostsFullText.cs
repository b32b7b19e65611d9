using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(64, "Drop the full-text index of the posts")]
public sealed class M0064_DropPostsFullText : Migration
{
    public override void Up()
    {
        IfDatabase("sqlite").Execute.Sql("drop table posts_search");
        IfDatabase("mysql").Execute.Sql("drop index ft_posts_search_text on posts");
    }

    // On SQLite it comes back empty: older posts are found once they are written again.
    public override void Down()
    {
        IfDatabase("sqlite")
            .Execute.Sql("create virtual table posts_search using fts5 (tokens, content = '', contentless_delete = 1, tokenize = 'ascii')");
        IfDatabase("mysql").Execute.Sql("set session innodb_ft_enable_stopword = off");
        IfDatabase("mysql").Execute.Sql("create fulltext index ft_posts_search_text on posts (search_text) with parser ngram");
    }
}
