using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(9, "Outbox")]
public sealed class M0009_Outbox : OutboxMigration;
