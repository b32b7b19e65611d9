using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(10, "Parked events")]
public sealed class M0010_ParkedEvents : ParkedEventsMigration;
