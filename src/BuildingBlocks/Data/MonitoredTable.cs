namespace Kumiko.BuildingBlocks.Data;

/// <summary>A table of a module whose rows wait for something.</summary>
/// <param name="Database">The module's database.</param>
/// <param name="Count">A query that counts the rows, at most <c>@Most</c> of them.</param>
/// <param name="Gauge">The name of the gauge that reports how many rows there are.</param>
/// <param name="Description">The description of the gauge, which says what the rows are.</param>
internal sealed record MonitoredTable(ModuleDatabase Database, string Count, string Gauge, string Description);
