using System.Data.Common;
using System.Diagnostics;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>
/// A transaction in a module's database: all of its statements take effect together at <see cref="CommitAsync"/>, or none does.
/// </summary>
public sealed class UnitOfWork : DatabaseSession
{
    private readonly ModuleDatabase _database;
    private Action? _afterCommit;
    private bool _committed;
    private bool _disposed;

    internal UnitOfWork(DbConnection connection, DbTransaction transaction, ModuleDatabase database)
        : base(connection, transaction, database) => _database = database;

    /// <summary>Commits the transaction. A commit that has begun is not cancelled, so that the caller learns the outcome.</summary>
    public async ValueTask CommitAsync()
    {
        var since = Stopwatch.GetTimestamp();
        await Transaction!.CommitAsync(CancellationToken.None);
        SqlMetrics.Committed(Label, since);
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

    /// <summary>A query whose rows nobody else may change before this transaction ends; others may read and share them.</summary>
    /// <param name="select">The query.</param>
    public string ForShare(string select) => Sql(sqlite: select, mySql: select + " for share");

    /// <summary>Rolls back unless <see cref="CommitAsync"/> was called.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;

        _disposed = true;
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            _database.Ended();
            if (_committed)
                _afterCommit?.Invoke();
        }
    }

    internal void NotifyRelayAfterCommit() => AfterCommit(_database.EventsCommitted.Wake);
}
