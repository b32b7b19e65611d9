using System.Data.Common;
using System.Diagnostics;
using MySqlConnector;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>
/// A module's own database. Each module derives one class from it, so that a handler names the database it means and cannot reach another.
/// </summary>
public abstract class ModuleDatabase : IAsyncDisposable
{
    private readonly DbDataSource _source;

    // SQLite has one writer at a time. Waiting here costs nothing; waiting inside SQLite blocks a thread.
    private readonly SemaphoreSlim? _writer;

    /// <summary>Creates the database of a module without opening it.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="settings">The provider and the connection string.</param>
    protected ModuleDatabase(string module, DatabaseSettings settings)
    {
        Module = module;
        Label = SqlMetrics.Label(module);
        Provider = settings.Provider;
        DapperTypes.Register();
        if (Provider == DatabaseProvider.Sqlite)
        {
            _source = new SqliteDataSource(settings.ConnectionString(module));
            _writer = new SemaphoreSlim(1);
        }
        else
        {
            // The metrics of an unnamed pool would contain the connection string.
            _source = new MySqlDataSourceBuilder(settings.ConnectionString(module))
                .UseName(module)
                .UseConnectionOpenedCallback(SetIsolationAsync)
                .Build();
        }
    }

    /// <summary>The name of the module that owns the database.</summary>
    public string Module { get; }

    /// <summary>The provider of this database.</summary>
    public DatabaseProvider Provider { get; }

    /// <summary>The label that names the module in metrics.</summary>
    internal KeyValuePair<string, object?> Label { get; }

    /// <summary>Wakes the relay after a commit that added events to the outbox.</summary>
    internal Wakeup EventsCommitted { get; } = new();

    /// <summary>Opens a session for reading. Each statement runs on its own, without a transaction.</summary>
    /// <exception cref="DbException">The database is unreachable; the web layer answers 503.</exception>
    public async ValueTask<DatabaseSession> OpenAsync(CancellationToken cancellationToken) =>
        new(await _source.OpenConnectionAsync(cancellationToken), this);

    /// <summary>Begins a transaction. Disposing it without <see cref="UnitOfWork.CommitAsync"/> rolls it back.</summary>
    /// <exception cref="DbException">The database is unreachable; the web layer answers 503.</exception>
    public ValueTask<UnitOfWork> BeginAsync(CancellationToken cancellationToken) => BeginAsync(autocommits: false, cancellationToken);

    /// <summary>
    /// Begins a unit of work of one statement, which needs no transaction around it. If there are more, each takes effect by itself on
    /// MySQL, and all of them take effect with the commit on SQLite.
    /// </summary>
    /// <exception cref="DbException">The database is unreachable; the web layer answers 503.</exception>
    public ValueTask<UnitOfWork> BeginAutocommitAsync(CancellationToken cancellationToken) =>
        BeginAsync(autocommits: true, cancellationToken);

    /// <summary>Whether the database responds; false if it has not done so after three seconds.</summary>
    public async Task<bool> CanConnectAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            await using var session = await OpenAsync(timeout.Token);
            return await session.ReadFirstAsync<long>("select 1 from schema_versions limit 1", null, timeout.Token) == 1;
        }
        catch (Exception e) when (e is OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _writer?.Dispose();
        EventsCommitted.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void ReleaseWriter() => _writer?.Release();

    private async ValueTask<UnitOfWork> BeginAsync(bool autocommits, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        if (_writer is not null)
            await _writer.WaitAsync(cancellationToken);

        DbConnection? connection = null;
        try
        {
            connection = await _source.OpenConnectionAsync(cancellationToken);
            SqlMetrics.RecordBegin(Label, since);
            return new UnitOfWork(connection, autocommits && Provider == DatabaseProvider.MySql, this);
        }
        catch
        {
            if (connection is not null)
                await connection.DisposeAsync();
            _writer?.Release();
            throw;
        }
    }

    // Read committed: a later statement sees what another transaction has committed since (an idempotency key, for example), and MySQL
    // takes no gap locks. A pooled connection keeps the setting.
    private static async ValueTask SetIsolationAsync(MySqlConnectionOpenedContext context, CancellationToken cancellationToken)
    {
        if ((context.Conditions & MySqlConnectionOpenedConditions.New) == 0)
            return;

        await using var command = new MySqlCommand("set session transaction isolation level read committed", context.Connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
