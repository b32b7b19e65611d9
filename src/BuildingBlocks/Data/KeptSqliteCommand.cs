using Microsoft.Data.Sqlite;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>A command that keeps its prepared statement when it is disposed, for the next use of the same text.</summary>
internal sealed class KeptSqliteCommand : SqliteCommand
{
    private bool _isTaken;
    private bool _isDiscarded;

    public KeptSqliteCommand(string sql, SqliteConnection connection)
        : base(sql, connection) => CommandTimeout = connection.DefaultTimeout;

    /// <summary>Reserves the command; false if somebody uses it.</summary>
    public bool TryTake()
    {
        if (_isTaken)
            return false;

        return _isTaken = true;
    }

    /// <summary>Finalizes the statement.</summary>
    public void Discard()
    {
        _isDiscarded = true;
        Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDiscarded)
        {
            Parameters.Clear();
            _isTaken = false;
            return;
        }

        base.Dispose(disposing);
    }
}
