using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(12, "Ended sessions")]
public sealed class M0012_EndedSessions : EndedSessionsMigration;
