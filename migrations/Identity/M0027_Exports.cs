using System.Data;
using FluentMigrator;

namespace Kumiko.Identity.Migrations;

/// <summary>Exports that users asked for, and what other modules have answered. Each user has one at most, for an hour.</summary>
[Migration(27, "Exports")]
public sealed class M0027_Exports : Migration
{
    // MySQL cannot roll back a schema change, so an interrupted attempt leaves the first table behind.
    public override void Up()
    {
        if (!Schema.Table("exports").Exists())
            CreateExports();
        if (!Schema.Table("exports").Index("ux_exports_export_id").Exists())
            Create.Index("ux_exports_export_id").OnTable("exports").OnColumn("export_id").Ascending().WithOptions().Unique();
        if (!Schema.Table("exports").Index("ix_exports_expires_at").Exists())
            Create.Index("ix_exports_expires_at").OnTable("exports").OnColumn("expires_at").Ascending();
        if (!Schema.Table("export_parts").Exists())
            CreateParts();
    }

    public override void Down()
    {
        Delete.Table("export_parts");
        Delete.Table("exports");
    }

    private void CreateExports() =>
        Create
            .Table("exports")
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .PrimaryKey("pk_exports")
            .ForeignKey("fk_exports_user_id", "users", "id")
            .OnDelete(Rule.Cascade)
            .WithColumn("export_id")
            .AsAnsiString(36)
            .NotNullable()
            // The modules whose parts belong to it, separated by commas.
            .WithColumn("modules")
            .AsAnsiString(1_000)
            .NotNullable()
            .WithColumn("public_key")
            .AsAnsiString(255)
            .NotNullable()
            // Encrypted. Once it is gone, nobody can open the parts, wherever copies of them are.
            .WithColumn("private_key")
            .AsBinary(255)
            .NotNullable()
            .WithColumn("created_at")
            .AsDateTime2()
            .NotNullable()
            .WithColumn("expires_at")
            .AsDateTime2()
            .NotNullable();

    private void CreateParts() =>
        Create
            .Table("export_parts")
            .WithColumn("user_id")
            .AsInt64()
            .NotNullable()
            .PrimaryKey("pk_export_parts")
            .ForeignKey("fk_export_parts_user_id", "exports", "user_id")
            .OnDelete(Rule.Cascade)
            .WithColumn("module")
            .AsAnsiString(64)
            .NotNullable()
            .PrimaryKey("pk_export_parts")
            .WithColumn("number")
            .AsInt32()
            .NotNullable()
            .PrimaryKey("pk_export_parts")
            .WithColumn("is_last")
            .AsBoolean()
            .NotNullable()
            // The module has more, but the export would become too large.
            .WithColumn("is_cut")
            .AsBoolean()
            .NotNullable()
            .WithColumn("size")
            .AsInt32()
            .NotNullable()
            // Sealed for the export.
            .WithColumn("content")
            .AsBinary(2_000_000)
            .NotNullable();
}
