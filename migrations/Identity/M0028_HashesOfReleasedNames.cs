using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>
/// Keeps keyed hashes of released names in place of the names, which may be those of people whose accounts are gone. SQL can't compute
/// them, so names that were released before are free at once.
/// </summary>
[Migration(28, "Hashes of released names")]
public sealed class M0028_HashesOfReleasedNames : Migration
{
    private const string Table = "released_names";

    // MySQL cannot roll back a schema change, so the table may have its new form already, without some of the indexes.
    public override void Up()
    {
        var isOld = Schema.Table(Table).Column("username_key").Exists();
        if (isOld)
            Delete.Table(Table);
        if (isOld || !Schema.Table(Table).Exists())
            CreateTable();
        foreach (var column in (string[])["name_hash", "skeleton_hash", "user_id", "released_at"])
        {
            if (isOld || !Schema.Table(Table).Index(IndexOf(column)).Exists())
                Create.Index(IndexOf(column)).OnTable(Table).OnColumn(column).Ascending();
        }
    }

    public override void Down()
    {
        Delete.Table(Table);
        Create
            .Table(Table)
            .WithColumn("id")
            .AsInt64()
            .PrimaryKey()
            .Identity()
            .WithColumn("username_key")
            .AsString(576)
            .NotNullable()
            .WithColumn("username_skeleton")
            .AsString(576)
            .NotNullable()
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .WithColumn("owner")
            .AsBinary(32)
            .Nullable()
            .WithColumn("released_at")
            .AsDateTime2()
            .NotNullable();
        foreach (var column in (string[])["username_key", "username_skeleton", "user_id", "released_at"])
            Create.Index(IndexOf(column)).OnTable(Table).OnColumn(column).Ascending();
    }

    private void CreateTable() =>
        Create
            .Table(Table)
            .WithColumn("id")
            .AsInt64()
            .PrimaryKey()
            .Identity()
            .WithColumn("name_hash")
            .AsBinary(32)
            .NotNullable()
            .WithColumn("skeleton_hash")
            .AsBinary(32)
            .NotNullable()
            // 0 once the account is deleted.
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .WithColumn("owner")
            .AsBinary(32)
            .Nullable()
            .WithColumn("released_at")
            .AsDateTime2()
            .NotNullable();

    private static string IndexOf(string column) => $"ix_{Table}_{column}";
}
