using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Retention;

/// <summary>A table whose old rows are removed, a thousand at a time.</summary>
/// <typeparam name="TDatabase">The module's database.</typeparam>
/// <param name="SqliteDelete">A <c>delete</c> for SQLite that uses <c>@Before</c> and <c>@BatchSize</c>.</param>
/// <param name="MySqlDelete">The same for MySQL.</param>
/// <param name="Age">How old a row grows: <c>@Before</c> is that long ago.</param>
public sealed record RetentionRule<TDatabase>(string SqliteDelete, string MySqlDelete, TimeSpan Age)
    where TDatabase : ModuleDatabase
{
    /// <summary>Removes rows that are old enough.</summary>
    /// <param name="session">On the module's database.</param>
    /// <param name="now">The time that their age is counted to.</param>
    /// <param name="batchSize">How many at the most.</param>
    /// <param name="cancellationToken">Whoever asks gives up.</param>
    /// <returns>How many went.</returns>
    public ValueTask<int> DeleteAsync(DatabaseSession session, DateTimeOffset now, int batchSize, CancellationToken cancellationToken) =>
        session.ExecuteAsync(session.Sql(SqliteDelete, MySqlDelete), new { Before = now - Age, BatchSize = batchSize }, cancellationToken);
}
