using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Observability;

/// <summary>A table of a module whose rows wait for something.</summary>
/// <param name="Database">The module's database.</param>
/// <param name="Kind">What the rows are.</param>
internal sealed record WatchedTable(ModuleDatabase Database, WatchedKind Kind);

/// <summary>What the rows of a <see cref="WatchedTable"/> are.</summary>
internal enum WatchedKind
{
    /// <summary>Events that were not handed over yet (<c>outbox</c>).</summary>
    Outbox,

    /// <summary>Events that wait for an operator (<c>parked_events</c>).</summary>
    ParkedEvents,
}
