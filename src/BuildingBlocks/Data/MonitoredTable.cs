namespace Kumiko.BuildingBlocks.Data;

/// <summary>A table of a module whose rows wait for something.</summary>
/// <param name="Database">The module's database.</param>
/// <param name="Table">The table's name.</param>
/// <param name="Gauge">The name of the gauge that reports how many rows there are.</param>
/// <param name="Description">The description of the gauge, which says what the rows are.</param>
internal sealed record MonitoredTable(ModuleDatabase Database, string Table, string Gauge, string Description)
{
    /// <summary>How many rows there are, counting no more than so many.</summary>
    public ValueTask<long> CountAsync(DatabaseSession session, int take, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<long>(
            "select count(*) from (select 1 from " + Table + " limit @Take) as counted",
            new { Take = take },
            cancellationToken
        );
}
