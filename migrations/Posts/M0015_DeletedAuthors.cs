using System.Globalization;
using FluentMigrator;

namespace Kumiko.Posts.Migrations;

/// <summary>
/// Says since when an author is deleted. The row keeps events that arrive late from bringing the author back, and goes when none can come
/// any more.
/// </summary>
[Migration(15, "Deleted authors")]
public sealed class M0015_DeletedAuthors : Migration
{
    private const string Index = "ix_authors_deleted_at";

    // MySQL cannot roll back a schema change, so an interrupted attempt leaves the column behind.
    public override void Up()
    {
        if (!Schema.Table("authors").Column("deleted_at").Exists())
            Create.Column("deleted_at").OnTable("authors").AsDateTime2().Nullable();
        if (!Schema.Table("authors").Index(Index).Exists())
            Create.Index(Index).OnTable("authors").OnColumn("deleted_at").Ascending();
        var now = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        Execute.Sql($"update authors set deleted_at = '{now}' where is_deleted and deleted_at is null");
    }

    public override void Down()
    {
        Delete.Index(Index).OnTable("authors");
        Execute.Sql("alter table authors drop column deleted_at");
    }
}
