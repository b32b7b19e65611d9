using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(1, "Users")]
public sealed class M0001_Users() : TableMigration("users")
{
    protected override void AddColumns(ICreateTableWithColumnSyntax columns)
    {
        columns.WithColumn("id").AsInt64().PrimaryKey().Identity();
        columns.WithColumn("email").AsString(254).NotNullable();
        columns.WithColumn("email_key").AsString(254).NotNullable();
        columns.WithColumn("username").AsString(32).NotNullable();
        // Each of the 32 characters becomes at most 18 when it is normalised (Unicode Standard Annex 15, 'Normalization Forms').
        columns.WithColumn("username_key").AsString(576).NotNullable();
        columns.WithColumn("username_skeleton").AsString(576).NotNullable();
        columns.WithColumn("password_hash").AsAnsiString(255).NotNullable();
        columns.WithColumn("email_verified").AsBoolean().NotNullable();
        columns.WithColumn("role").AsAnsiString(20).NotNullable();
        columns.WithColumn("version").AsInt64().NotNullable();
        columns.WithColumn("created_at").AsDateTime2().NotNullable();
        columns.WithColumn("updated_at").AsDateTime2().NotNullable();
    }

    protected override void AddIndexes()
    {
        AddUniqueIndex("email_key");
        AddUniqueIndex("username_key");
        AddUniqueIndex("username_skeleton");
    }
}
