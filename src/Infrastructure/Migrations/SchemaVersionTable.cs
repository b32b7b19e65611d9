using FluentMigrator.Runner.VersionTableInfo;

namespace Kumiko.Infrastructure.Migrations;

/// <summary>The table that records which migrations a module's database has had.</summary>
internal sealed class SchemaVersionTable : IVersionTableMetaData
{
    public const string Table = "schema_versions";

    public bool OwnsSchema => true;
    public string SchemaName => "";
    public string TableName => Table;
    public string ColumnName => "version";
    public string DescriptionColumnName => "description";
    public string UniqueIndexName => "ux_schema_versions";
    public string AppliedOnColumnName => "applied_at";
    public bool CreateWithPrimaryKey => false;
}
