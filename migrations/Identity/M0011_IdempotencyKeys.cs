using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(11, "Idempotency keys")]
public sealed class M0011_IdempotencyKeys : IdempotencyKeysMigration;
