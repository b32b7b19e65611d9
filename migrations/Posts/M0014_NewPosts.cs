using FluentMigrator;

namespace Kumiko.Posts.Migrations;

/// <summary>
/// Lets a post be created with one statement: its row itself says that its creation is not in the change log yet, and after which change it
/// belongs there. The log refers to the text of a version instead of keeping a copy.
/// </summary>
[Migration(14, "New posts")]
public sealed class M0014_NewPosts : Migration
{
    public override void Up()
    {
        IfDatabase(ProcessorIdConstants.SQLite)
            .Execute.Sql(
                """
                alter table posts add column new_after integer;
                create index ix_posts_new_after on posts (new_after) where new_after is not null;
                alter table post_changes add column version integer not null default 0;
                update post_changes set version = coalesce((select p.version from posts p where p.id = post_changes.post_id), 0)
                where content is not null;
                drop index ix_post_changes_post_id;
                alter table post_changes drop column content
                """
            );
        IfDatabase(ProcessorIdConstants.MySql).Delegate(AlterMySql);
    }

    public override void Down()
    {
        Execute.Sql("alter table post_changes add column content mediumtext");
        // What the new posts wait for: to be in the log and in the search index.
        Execute.Sql(
            """
            insert into post_changes (post_id, version, kind, user_id, created_at, updated_at, changed_at)
            select id, 1, 'created', user_id, created_at, created_at, created_at from posts where new_after is not null
            """
        );
        Execute.Sql("insert into search_pending (post_id, version, user_id) select id, 1, user_id from posts where new_after is not null");
        Execute.Sql(
            """
            update post_changes set content =
                (select p.content from posts p where p.id = post_changes.post_id and p.version = post_changes.version)
            """
        );
        Execute.Sql("create index ix_post_changes_post_id on post_changes (post_id)");
        Execute.Sql("alter table post_changes drop column version");
        IfDatabase(ProcessorIdConstants.SQLite).Execute.Sql("drop index ix_posts_new_after");
        IfDatabase(ProcessorIdConstants.MySql).Execute.Sql("drop index ix_posts_new_after on posts");
        Execute.Sql("alter table posts drop column new_after");
    }

    // MySQL cannot roll back a schema change, so an interrupted attempt leaves a part of it behind. The next one does the rest.
    private void AlterMySql()
    {
        if (!Schema.Table("posts").Column("new_after").Exists())
            Execute.Sql("alter table posts add column new_after bigint, add index ix_posts_new_after (new_after)");
        if (!Schema.Table("post_changes").Column("version").Exists())
            Execute.Sql("alter table post_changes add column version bigint not null default 0");
        if (!Schema.Table("post_changes").Column("content").Exists())
            return;

        Execute.Sql("update post_changes c join posts p on p.id = c.post_id set c.version = p.version where c.content is not null");
        Execute.Sql("alter table post_changes drop index ix_post_changes_post_id, drop column content");
    }
}
