using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Posts.Migrations;

[Migration(9, "Outbox")]
public sealed class M0009_Outbox : OutboxMigration;
