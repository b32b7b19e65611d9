namespace Kumiko.BuildingBlocks.Data;

/// <summary>A table of a module whose rows wait for something.</summary>
/// <param name="Database">The module's database.</param>
/// <param name="Count">A query that counts them, <c>@Most</c> at the most.</param>
/// <param name="Gauge">The name of the gauge that shows how many rows there are.</param>
/// <param name="Description">What the rows are, for people.</param>
internal sealed record MonitoredTable(ModuleDatabase Database, string Count, string Gauge, string Description);
