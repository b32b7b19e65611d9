using FluentMigrator;

namespace Kumiko.Posts.Migrations;

[Migration(4, "Index the posts' words")]
public sealed class M0004_IndexPostsFullText : Migration
{
    public override void Up()
    {
        // The tokens are ready-made (SearchText), so the tokenizer only has to split at spaces. Only the index is stored.
        IfDatabase("sqlite")
            .Execute.Sql("create virtual table posts_search using fts5 (tokens, content = '', contentless_delete = 1, tokenize = 'ascii')");

        // With stop words on, the n-gram parser drops every pair of letters that contains an 'a' or an 'i' (MySQL manual, 'ngram Full-Text
        // Parser'). The setting is fixed when the index is created.
        IfDatabase("mysql").Execute.Sql("set session innodb_ft_enable_stopword = off");
        IfDatabase("mysql").Execute.Sql("create fulltext index ft_posts_search_text on posts (search_text) with parser ngram");
    }

    public override void Down()
    {
        IfDatabase("sqlite").Execute.Sql("drop table posts_search");
        IfDatabase("mysql").Execute.Sql("drop index ft_posts_search_text on posts");
    }
}
