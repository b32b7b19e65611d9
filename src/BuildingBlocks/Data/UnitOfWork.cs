using System.Collections;
using System.Data.Common;
using System.Diagnostics;
using Dapper;
using MySqlConnector;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>
/// A transaction in a module's database: all of its statements take effect together at <see cref="CommitAsync"/>, or none does.
/// </summary>
/// <remarks>
/// MySQL is a network away, so a transaction begins there with its first statement, and its last statement carries the commit: neither
/// takes a round trip of its own.
/// </remarks>
public sealed class UnitOfWork : DatabaseSession
{
    private const string Begin = "start transaction; ";

    private readonly ModuleDatabase _database;
    private readonly DbTransaction? _transaction;

    // Whether each statement commits on its own.
    private readonly bool _autocommits;

    private (string Sql, object Parameters)? _last;
    private Action? _afterCommit;

    // Whether the server has begun a transaction that the driver doesn't know of.
    private bool _isOpen;
    private bool _committed;
    private bool _disposed;

    internal UnitOfWork(DbConnection connection, DbTransaction? transaction, bool autocommits, ModuleDatabase database)
        : base(connection, database) => (_database, _transaction, _autocommits) = (database, transaction, autocommits);

    /// <summary>
    /// Runs a statement with the commit, in one round trip. It sees what the statements before it did, and none that follows sees it.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is such a statement already.</exception>
    public void ExecuteAtCommit(string sql, object parameters) =>
        _last = _last is null ? (sql, parameters) : throw new InvalidOperationException("Only one statement runs with the commit.");

    /// <summary>Commits the transaction. A commit that has begun is not cancelled, so that the caller learns the outcome.</summary>
    public async ValueTask CommitAsync()
    {
        var since = Stopwatch.GetTimestamp();
        if (_last is var (sql, parameters))
            await Connection.ExecuteAsync(
                await CommandAsync(_transaction is null && !_autocommits ? sql + "; commit" : sql, parameters, CancellationToken.None)
            );
        else if (_isOpen)
            await RunAsync("commit");
        if (_transaction is not null)
            await _transaction.CommitAsync(CancellationToken.None);

        _isOpen = false;
        SqlMetrics.RecordCommit(Label, since);
        _committed = true;
    }

    /// <summary>
    /// Adds an action that runs after the commit, once the connection is free again, and not after a rollback. It must be quick and must
    /// not throw.
    /// </summary>
    public void AfterCommit(Action action) => _afterCommit += action;

    /// <summary>
    /// A query whose rows nobody else may change or lock before this transaction ends. SQLite has one writer at a time and needs no lock.
    /// </summary>
    /// <param name="select">The query.</param>
    /// <param name="of">The alias of the table whose rows are locked; the rows of all its tables if left out.</param>
    public string ForUpdate(string select, string? of = null) =>
        Sql(sqlite: select, mySql: of is null ? select + " for update" : $"{select} for update of {of}");

    /// <summary>Rolls back unless <see cref="CommitAsync"/> was called.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;

        _disposed = true;
        try
        {
            if (_transaction is not null)
                await _transaction.DisposeAsync();
            else if (_isOpen)
                await RollBackAsync((MySqlConnection)Connection);
            await base.DisposeAsync();
        }
        finally
        {
            _database.ReleaseWriter();
            if (_committed)
                _afterCommit?.Invoke();
        }
    }

    internal void NotifyRelayAfterCommit() => AfterCommit(_database.EventsCommitted.Wake);

    private protected override async ValueTask<CommandDefinition> CommandAsync(
        string sql,
        object? parameters,
        CancellationToken cancellationToken
    )
    {
        if (_transaction is not null)
            return new CommandDefinition(sql, parameters, _transaction, cancellationToken: cancellationToken);
        if (_isOpen || _autocommits)
            return await base.CommandAsync(sql, parameters, cancellationToken);

        _isOpen = true;
        // Dapper sends the text once for each row of a list.
        if (parameters is not IEnumerable)
            return new CommandDefinition(Begin + sql, parameters, cancellationToken: cancellationToken);

        await RunAsync(Begin);
        return await base.CommandAsync(sql, parameters, cancellationToken);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = new MySqlCommand(sql, (MySqlConnection)Connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task RollBackAsync(MySqlConnection connection)
    {
        // The server rolls back what a broken connection leaves open.
        if (connection.State != System.Data.ConnectionState.Open)
            return;

        try
        {
            await RunAsync("rollback");
        }
        catch (MySqlException)
        {
            // The pool must not lend this connection, and what its transaction holds, to somebody else.
            await MySqlConnection.ClearPoolAsync(connection);
        }
    }
}
