using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using MySqlConnector;

namespace Kumiko.Bench.Raw;

/// <summary>The database of the Posts module, by connections whose statements are prepared once.</summary>
/// <param name="provider"><c>sqlite</c> or <c>mysql</c>.</param>
/// <param name="connectionString">The connection string of the database.</param>
public sealed class RawDatabase(string provider, string connectionString) : IDisposable
{
    private readonly ConcurrentBag<RawSession> _idle = [];
    private readonly ConcurrentDictionary<long, string?> _names = [];
    private readonly bool _isSqlite = provider == "sqlite";

    // SQLite has one writer at a time.
    private readonly SemaphoreSlim _writers = new(provider == "sqlite" ? 1 : int.MaxValue);

    internal async Task<T> RunAsync<T>(Func<RawSession, Task<T>> use, CancellationToken cancellationToken)
    {
        if (!_idle.TryTake(out var session))
            session = await RawSession.OpenAsync(Connect(), _isSqlite, cancellationToken);
        var result = await use(session);
        _idle.Add(session);
        return result;
    }

    internal async Task<T> WriteAsync<T>(Func<RawSession, Task<T>> use, CancellationToken cancellationToken)
    {
        await _writers.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(use, cancellationToken);
        }
        finally
        {
            _writers.Release();
        }
    }

    /// <summary>An author's name, read once.</summary>
    internal async ValueTask<string?> ReadNameAsync(long userId, CancellationToken cancellationToken)
    {
        if (_names.TryGetValue(userId, out var known))
            return known;

        return _names[userId] = await RunAsync(session => session.ReadNameAsync(userId, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _writers.Dispose();

    private DbConnection Connect() =>
        _isSqlite
            ? new SqliteConnection(connectionString)
            : new MySqlConnection(
                new MySqlConnectionStringBuilder(connectionString)
                {
                    DateTimeKind = MySqlDateTimeKind.Utc,
                    IgnorePrepare = false,
                }.ToString()
            );
}
