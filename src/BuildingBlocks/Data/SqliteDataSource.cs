using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>Opens pooled SQLite connections, and sets the busy timeout of each only once.</summary>
internal sealed class SqliteDataSource(string connectionString) : DbDataSource
{
    private readonly ConditionalWeakTable<object, object> _prepared = [];

    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);

    protected override DbConnection OpenDbConnection()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            // The pool keeps the native handle, and the handle keeps what the pragma set.
            if (!_prepared.TryGetValue(connection.Handle!, out _))
            {
                using var command = connection.CreateCommand();
                command.CommandText = "pragma busy_timeout = 10000";
                command.ExecuteNonQuery();
                _prepared.TryAdd(connection.Handle!, connection.Handle!);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<DbConnection>(cancellationToken)
            : ValueTask.FromResult(OpenDbConnection());
}
