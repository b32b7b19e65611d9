using FluentMigrator;
using FluentMigrator.Builders.Create.Table;

namespace Kumiko.BuildingBlocks.Data.Migrations;

/// <summary>
/// Creates a table with its indexes. MySQL cannot roll back a schema change, so an attempt that was interrupted leaves a part of it behind;
/// the next attempt creates what is missing.
/// </summary>
/// <param name="table">The name of the table.</param>
public abstract class TableMigration(string table) : Migration
{
    /// <inheritdoc/>
    public override void Up()
    {
        if (!Schema.Table(table).Exists())
            AddColumns(Create.Table(table));
        AddIndexes();
    }

    // Written out, because an automatic reversal would drop foreign keys separately, which SQLite cannot, and indexes of foreign keys,
    // which MySQL refuses.
    /// <inheritdoc/>
    public override void Down() => Delete.Table(table);

    /// <summary>Adds the table's columns.</summary>
    protected abstract void AddColumns(ICreateTableWithColumnSyntax columns);

    /// <summary>Adds the table's indexes.</summary>
    protected virtual void AddIndexes() { }

    /// <summary>Adds an index, which is named after the table and the first column.</summary>
    protected void AddIndex(params string[] columns) => AddIndex($"ix_{table}_{columns[0]}", columns, isUnique: false);

    /// <summary>Adds an index whose values are unique, named after the table and the column.</summary>
    protected void AddUniqueIndex(string column) => AddIndex($"ux_{table}_{column}", [column], isUnique: true);

    private void AddIndex(string name, string[] columns, bool isUnique)
    {
        if (Schema.Table(table).Index(name).Exists())
            return;

        var index = Create.Index(name).OnTable(table);
        foreach (var column in columns)
            index.OnColumn(column).Ascending();
        if (isUnique)
            index.WithOptions().Unique();
    }
}
