using System.Collections.Concurrent;
using System.Data.Common;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>
/// Lends connections that stay open with their statements prepared. The driver's own pool keeps the native handle only, so that each
/// request would parse and plan its statements again, which costs more than running them.
/// </summary>
internal sealed class SqliteDataSource(string connectionString) : DbDataSource
{
    // More are open while more are needed. Each has a page cache of up to 2 MB (SQLite's default cache_size).
    private static readonly int MaxIdle = 4 * Environment.ProcessorCount;

    // The one that was used last has the warmest cache.
    private readonly ConcurrentStack<KeptSqliteConnection> _idle = new();
    private volatile bool _isDisposed;

    public override string ConnectionString => connectionString;

    /// <summary>Takes back a connection that nobody uses any more.</summary>
    internal void Return(KeptSqliteConnection connection)
    {
        if (_isDisposed || _idle.Count >= MaxIdle)
        {
            connection.Discard();
            return;
        }

        _idle.Push(connection);
        if (_isDisposed)
            DiscardIdle();
    }

    protected override DbConnection CreateDbConnection() => new KeptSqliteConnection(connectionString, this);

    protected override DbConnection OpenDbConnection()
    {
        if (_idle.TryPop(out var idle))
            return idle;

        var connection = new KeptSqliteConnection(connectionString, this);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma busy_timeout = 10000";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Discard();
            throw;
        }
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<DbConnection>(cancellationToken)
            : ValueTask.FromResult(OpenDbConnection());

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        DiscardIdle();
        base.Dispose(disposing);
    }

    private void DiscardIdle()
    {
        while (_idle.TryPop(out var connection))
            connection.Discard();
    }
}
