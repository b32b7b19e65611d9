using Microsoft.Data.Sqlite;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>
/// A connection that returns to its data source when it is disposed, and keeps the commands of constant texts with their prepared
/// statements. It is used by one caller at a time.
/// </summary>
internal sealed class KeptSqliteConnection(string connectionString, SqliteDataSource source) : SqliteConnection(connectionString)
{
    private readonly Dictionary<string, KeptSqliteCommand> _commands = [];
    private string? _next;
    private bool _isDiscarded;

    /// <summary>Says what text the next command will have, so that it can be the one that is kept.</summary>
    public void Expect(string sql) => _next = sql;

    /// <summary>Closes the connection instead of returning it.</summary>
    public void Discard()
    {
        _isDiscarded = true;
        Dispose();
    }

    public override SqliteCommand CreateCommand()
    {
        if (_next is not { } sql)
            return base.CreateCommand();

        _next = null;
        if (!_commands.TryGetValue(sql, out var command))
            _commands.Add(sql, command = new KeptSqliteCommand(sql, this));
        return command.TryTake() ? command : base.CreateCommand();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDiscarded)
        {
            _next = null;
            source.Return(this);
            return;
        }

        foreach (var command in _commands.Values)
            command.Discard();
        _commands.Clear();
        base.Dispose(disposing);
    }
}
