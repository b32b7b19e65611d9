using FluentMigrator;
using Kumiko.BuildingBlocks.Data.Migrations;

namespace Kumiko.Identity.Migrations;

[Migration(8, "Inbox")]
public sealed class M0008_Inbox : InboxMigration;
