using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Dapper;
using MySqlConnector;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>
/// A transaction in a module's database: all of its statements take effect together at <see cref="CommitAsync"/>, or none does.
/// </summary>
/// <remarks>
/// MySQL is a network away, so a transaction begins with its first statement, and its last statement carries the commit: neither takes a
/// round trip of its own.
/// </remarks>
public sealed class UnitOfWork : DatabaseSession
{
    private readonly ModuleDatabase _database;

    // Whether each statement commits on its own.
    private readonly bool _autocommits;

    private (string Sql, object Parameters)? _last;
    private Func<ValueTask>? _beforeCommit;
    private Action? _afterCommit;

    // Whether the transaction has begun, which the driver doesn't know.
    private bool _isOpen;
    private bool _committed;

    internal UnitOfWork(DbConnection connection, bool autocommits, ModuleDatabase database)
        : base(connection, database) => (_database, _autocommits) = (database, autocommits);

    // Immediate: a transaction that becomes a writer later fails if another process has written meanwhile.
    private string Begin => Sql(sqlite: "begin immediate; ", mySql: "start transaction; ");

    /// <summary>
    /// Runs a statement with the commit, in one round trip. It sees what the statements before it did, and none that follows sees it.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is such a statement already.</exception>
    public void ExecuteAtCommit(string sql, object parameters) =>
        _last = _last is null ? (sql, parameters) : throw new InvalidOperationException("Only one statement runs with the commit.");

    /// <summary>Commits the transaction. A commit that has begun is not cancelled, so that the caller learns the outcome.</summary>
    public async ValueTask CommitAsync()
    {
        if (_beforeCommit is not null)
            await _beforeCommit();
        var since = Stopwatch.GetTimestamp();
        if (_last is var (sql, parameters))
            await Connection.ExecuteAsync(await CommandAsync(_autocommits ? sql : sql + "; commit", parameters, CancellationToken.None));
        else if (_isOpen)
            await RunAsync("commit");

        _isOpen = false;
        SqlMetrics.RecordCommit(Label, since);
        _committed = true;
    }

    /// <summary>
    /// Sets what runs in this transaction immediately before the commit: the place for a lock that every writer wants, since it is held for
    /// the shortest time there, and nobody who has it waits for another.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is such a step already.</exception>
    public void BeforeCommit(Func<ValueTask> step) =>
        _beforeCommit = _beforeCommit is null ? step : throw new InvalidOperationException("Only one step runs before the commit.");

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

    internal void NotifyRelayAfterCommit() => AfterCommit(_database.EventsCommitted.Wake);

    /// <summary>Rolls back unless <see cref="CommitAsync"/> was called.</summary>
    private protected override async ValueTask ReleaseAsync()
    {
        try
        {
            if (_isOpen)
                await RollBackAsync();
            await base.ReleaseAsync();
        }
        finally
        {
            _database.ReleaseWriter();
            if (_committed)
                _afterCommit?.Invoke();
        }
    }

    private protected override async ValueTask<CommandDefinition> CommandAsync(
        string sql,
        object? parameters,
        CancellationToken cancellationToken
    )
    {
        if (_isOpen || _autocommits)
            return await base.CommandAsync(sql, parameters, cancellationToken);

        // Dapper sends the text once for each row of a list, and SQLite's driver counts rows for the beginning as well.
        if (Provider == DatabaseProvider.MySql && parameters is not IEnumerable)
        {
            _isOpen = true;
            return new CommandDefinition(Begin + sql, parameters, cancellationToken: cancellationToken);
        }

        await RunAsync(Begin);
        _isOpen = true;
        return await base.CommandAsync(sql, parameters, cancellationToken);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task RollBackAsync()
    {
        // The server rolls back what a broken connection leaves open.
        if (Connection.State != ConnectionState.Open)
            return;

        try
        {
            await RunAsync("rollback");
        }
        catch (DbException)
        {
            // The pool must not lend this connection, and what its transaction holds, to somebody else.
            if (Connection is MySqlConnection mySql)
                await MySqlConnection.ClearPoolAsync(mySql);
            else
                ((KeptSqliteConnection)Connection).Discard();
        }
    }
}
