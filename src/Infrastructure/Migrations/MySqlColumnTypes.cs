using System.Data;
using FluentMigrator.Runner.Generators.Base;
using FluentMigrator.Runner.Generators.MySql;

namespace Kumiko.Infrastructure.Migrations;

/// <summary>
/// Maps FluentMigrator's column types to MySQL. FluentMigrator's own map makes strings utf8mb3 (no emoji), cuts off the fraction of
/// times and doesn't know <see cref="DbType.DateTimeOffset"/>. Collations are binary: code decides what counts as equal, the same
/// on both databases.
/// </summary>
internal sealed class MySqlColumnTypes : TypeMapBase, IMySqlTypeMap
{
    private const string Unicode = "CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin";
    private const string Ascii = "CHARACTER SET ascii COLLATE ascii_bin";

    // A VARCHAR holds at most 65,535 bytes; a character in utf8mb4 takes up to four (MySQL manual, 'String Data Type Syntax').
    private const int MaxVarchar = 16_383;
    private const int MaxMediumText = 4_194_303;
    private const int MaxMediumBlob = 16_777_215;

    public MySqlColumnTypes() => SetupTypeMaps();

    protected override void SetupTypeMaps()
    {
        SetTypeMap(DbType.String, $"VARCHAR(255) {Unicode}");
        SetTypeMap(DbType.String, $"VARCHAR($size) {Unicode}", MaxVarchar);
        SetTypeMap(DbType.String, $"MEDIUMTEXT {Unicode}", MaxMediumText);
        SetTypeMap(DbType.AnsiString, $"VARCHAR(255) {Ascii}");
        SetTypeMap(DbType.AnsiString, $"VARCHAR($size) {Ascii}", MaxVarchar);
        SetTypeMap(DbType.Binary, "VARBINARY(255)");
        SetTypeMap(DbType.Binary, "VARBINARY($size)", MaxVarchar);
        SetTypeMap(DbType.Binary, "MEDIUMBLOB", MaxMediumBlob);
        SetTypeMap(DbType.Boolean, "TINYINT(1)");
        SetTypeMap(DbType.Int16, "SMALLINT");
        SetTypeMap(DbType.Int32, "INT");
        SetTypeMap(DbType.Int64, "BIGINT");
        SetTypeMap(DbType.DateTime, "DATETIME(3)");
        SetTypeMap(DbType.DateTime2, "DATETIME(3)");
        SetTypeMap(DbType.DateTimeOffset, "DATETIME(3)");
    }
}
