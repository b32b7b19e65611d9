using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Retention;

/// <summary>A table whose old rows are deleted, a thousand at a time.</summary>
/// <typeparam name="TDatabase">The module's database.</typeparam>
/// <param name="SqliteDelete">A <c>delete</c> for SQLite that uses <c>@Before</c> and <c>@BatchSize</c>.</param>
/// <param name="MySqlDelete">The same for MySQL.</param>
/// <param name="Age">The age at which a row is deleted: <c>@Before</c> is that long ago.</param>
public sealed record RetentionRule<TDatabase>(string SqliteDelete, string MySqlDelete, TimeSpan Age)
    where TDatabase : ModuleDatabase
{
    /// <summary>Deletes rows that are old enough.</summary>
    /// <param name="session">A session on the module's database.</param>
    /// <param name="now">The current time, from which the age is counted.</param>
    /// <param name="batchSize">The maximum number of rows to delete.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <returns>The number of deleted rows.</returns>
    public ValueTask<int> DeleteAsync(DatabaseSession session, DateTimeOffset now, int batchSize, CancellationToken cancellationToken) =>
        session.ExecuteAsync(session.Sql(SqliteDelete, MySqlDelete), new { Before = now - Age, BatchSize = batchSize }, cancellationToken);
}
