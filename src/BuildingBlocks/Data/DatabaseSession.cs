using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Dapper;
using MySqlConnector;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>An open connection to a module's database, and the Dapper calls that the queries of the features use.</summary>
public class DatabaseSession : IAsyncDisposable
{
    private bool _disposed;

    internal DatabaseSession(DbConnection connection, ModuleDatabase database)
    {
        Connection = connection;
        Provider = database.Provider;
        Label = database.Label;
    }

    /// <summary>The provider of this database.</summary>
    public DatabaseProvider Provider { get; }

    /// <summary>The label that names the module in metrics.</summary>
    private protected KeyValuePair<string, object?> Label { get; }

    /// <summary>The open connection.</summary>
    protected DbConnection Connection { get; }

    /// <summary>Returns the text for this database, where the two differ.</summary>
    public string Sql(string sqlite, string mySql) => Provider == DatabaseProvider.Sqlite ? sqlite : mySql;

    /// <summary>Reads all rows.</summary>
    public async ValueTask<List<T>> ReadAllAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            return (await Connection.QueryAsync<T>(await CommandAsync(sql, parameters, cancellationToken))).AsList();
        }
        finally
        {
            SqlMetrics.RecordRead(Label, since);
        }
    }

    /// <summary>Reads the first row, or returns the default value of the type if there is none.</summary>
    public async ValueTask<T?> ReadFirstAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            return await Connection.QueryFirstOrDefaultAsync<T>(await CommandAsync(sql, parameters, cancellationToken));
        }
        finally
        {
            SqlMetrics.RecordRead(Label, since);
        }
    }

    /// <summary>Runs a statement and returns how many rows it matched.</summary>
    public async ValueTask<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            return await Connection.ExecuteAsync(await CommandAsync(sql, parameters, cancellationToken));
        }
        finally
        {
            SqlMetrics.RecordWrite(Label, since);
        }
    }

    /// <summary>Runs one <c>insert</c> into a table whose key is <c>id</c>, and returns the id that the database generated.</summary>
    public async ValueTask<long> InsertAsync(string insert, object parameters, CancellationToken cancellationToken) =>
        await TryInsertAsync(insert, parameters, cancellationToken)
        ?? throw new InvalidOperationException("The statement inserted nothing.");

    /// <summary>
    /// Runs one <c>insert … select</c> of at most one row into a table whose key is <c>id</c>, and returns the id that the database
    /// generated; null if there was no row.
    /// </summary>
    public async ValueTask<long?> TryInsertAsync(string insert, object parameters, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            if (Provider == DatabaseProvider.Sqlite)
                return await Connection.ExecuteScalarAsync<long?>(
                    await CommandAsync(insert + " returning id", parameters, cancellationToken)
                );

            var watched = new WatchedParameters(parameters);
            await Connection.ExecuteAsync(await CommandAsync(insert, watched, cancellationToken));
            return watched.LastInsertedId is > 0 and var id ? id : null;
        }
        finally
        {
            SqlMetrics.RecordWrite(Label, since);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;

        // The next user of the connection may have it already.
        _disposed = true;
        await ReleaseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the connection back.</summary>
    private protected virtual ValueTask ReleaseAsync() => Connection.DisposeAsync();

    /// <summary>Makes a statement ready to be sent.</summary>
    private protected virtual ValueTask<CommandDefinition> CommandAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        if (PreparedTexts.Has(sql))
        {
            if (Connection is MySqlConnection mySql)
                return PrepareAsync(mySql, sql, parameters, cancellationToken);
            if (Connection is KeptSqliteConnection sqlite && parameters is not IEnumerable)
                sqlite.Expect(sql);
        }

        return new(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    // The connection keeps what it has prepared, and uses it for every command with the same text.
    private static async ValueTask<CommandDefinition> PrepareAsync(
        MySqlConnection connection,
        string sql,
        object? parameters,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var command = new MySqlCommand(sql, connection);
            await command.PrepareAsync(cancellationToken);
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.MaxPreparedStatementCountReached)
        {
            // The server runs it unprepared.
        }

        return new CommandDefinition(sql, parameters, cancellationToken: cancellationToken);
    }

    // MySQL sends the id with the result of the statement. The driver's command has it, which only the parameters see.
    private sealed class WatchedParameters(object parameters) : SqlMapper.IDynamicParameters
    {
        private MySqlCommand? _command;

        public long LastInsertedId => _command!.LastInsertedId;

        public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
        {
            _command = (MySqlCommand)command;
            ((SqlMapper.IDynamicParameters)new DynamicParameters(parameters)).AddParameters(command, identity);
        }
    }
}
