using System.Data;
using FluentMigrator.Runner.Generators.Base;
using FluentMigrator.Runner.Generators.SQLite;

namespace Kumiko.Infrastructure.Migrations;

/// <summary>Maps FluentMigrator's column types to SQLite: to its five storage classes, and times to text in UTC.</summary>
internal sealed class SqliteColumnTypes : TypeMapBase, ISQLiteTypeMap
{
    public SqliteColumnTypes() => SetupTypeMaps();

    protected override void SetupTypeMaps()
    {
        SetTypeMap(DbType.String, "TEXT");
        SetTypeMap(DbType.String, "TEXT", int.MaxValue);
        SetTypeMap(DbType.AnsiString, "TEXT");
        SetTypeMap(DbType.AnsiString, "TEXT", int.MaxValue);
        SetTypeMap(DbType.Binary, "BLOB");
        SetTypeMap(DbType.Binary, "BLOB", int.MaxValue);
        SetTypeMap(DbType.Boolean, "INTEGER");
        SetTypeMap(DbType.Int16, "INTEGER");
        SetTypeMap(DbType.Int32, "INTEGER");
        SetTypeMap(DbType.Int64, "INTEGER");
        SetTypeMap(DbType.DateTime, "TEXT");
        SetTypeMap(DbType.DateTime2, "TEXT");
        SetTypeMap(DbType.DateTimeOffset, "TEXT");
    }
}
