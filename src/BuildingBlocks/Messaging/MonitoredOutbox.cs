using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>The <c>outbox</c> table of a module, whose rows wait until they are handed over.</summary>
/// <param name="Database">The module's database.</param>
internal sealed record MonitoredOutbox(ModuleDatabase Database);
