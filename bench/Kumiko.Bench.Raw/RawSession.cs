using System.Data;
using System.Data.Common;
using System.Globalization;
using MySqlConnector;

namespace Kumiko.Bench.Raw;

/// <summary>A connection with prepared statements.</summary>
internal sealed class RawSession
{
    private const string Columns = "select id, content, user_id, created_at, updated_at, version from posts ";

    private readonly bool _isSqlite;
    private readonly DbCommand _one;
    private readonly DbCommand _page;
    private readonly DbCommand _pageOfUser;
    private readonly DbCommand _name;
    private readonly DbCommand _insert;

    private RawSession(DbConnection connection, bool isSqlite)
    {
        _isSqlite = isSqlite;
        _one = Prepare(connection, Columns + "where id = @id", ("@id", DbType.Int64));
        _page = Prepare(
            connection,
            Columns + "where id < @before order by id desc limit @limit",
            ("@before", DbType.Int64),
            ("@limit", DbType.Int32)
        );
        _pageOfUser = Prepare(
            connection,
            Columns + "where user_id = @user and id < @before order by id desc limit @limit",
            ("@before", DbType.Int64),
            ("@limit", DbType.Int32),
            ("@user", DbType.Int64)
        );
        _name = Prepare(connection, "select name from authors where id = @id", ("@id", DbType.Int64));
        _insert = Prepare(
            connection,
            "insert into posts (user_id, content, version, created_at, updated_at) values (@user, @content, 1, @now, @now)"
                + (isSqlite ? " returning id" : ""),
            ("@user", DbType.Int64),
            ("@content", DbType.String),
            ("@now", isSqlite ? DbType.String : DbType.DateTime)
        );
    }

    public static async Task<RawSession> OpenAsync(DbConnection connection, bool isSqlite, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken);
        return new RawSession(connection, isSqlite);
    }

    public async Task<RawPost?> ReadAsync(long id, CancellationToken cancellationToken)
    {
        _one.Parameters[0].Value = id;
        await using var row = await _one.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? Read(row) : null;
    }

    public async Task<List<RawPost>> ReadPageAsync(long? userId, long before, int limit, CancellationToken cancellationToken)
    {
        var command = userId is null ? _page : _pageOfUser;
        command.Parameters[0].Value = before;
        command.Parameters[1].Value = limit;
        if (userId is { } user)
            command.Parameters[2].Value = user;
        var posts = new List<RawPost>(limit);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            posts.Add(Read(row));
        return posts;
    }

    public async Task<string?> ReadNameAsync(long userId, CancellationToken cancellationToken)
    {
        _name.Parameters[0].Value = userId;
        return await _name.ExecuteScalarAsync(cancellationToken) as string;
    }

    public async Task<long> InsertAsync(long userId, string content, DateTime now, CancellationToken cancellationToken)
    {
        _insert.Parameters[0].Value = userId;
        _insert.Parameters[1].Value = content;
        _insert.Parameters[2].Value = _isSqlite ? now.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) : now;
        if (_isSqlite)
            return (long)(await _insert.ExecuteScalarAsync(cancellationToken))!;

        await _insert.ExecuteNonQueryAsync(cancellationToken);
        return ((MySqlCommand)_insert).LastInsertedId;
    }

    private static RawPost Read(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetDateTime(3), row.GetDateTime(4), row.GetInt64(5));

    private static DbCommand Prepare(DbConnection connection, string sql, params ReadOnlySpan<(string Name, DbType Type)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, type) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.DbType = type;
            command.Parameters.Add(parameter);
        }

        command.Prepare();
        return command;
    }
}

internal sealed record RawPost(long Id, string Content, long UserId, DateTime CreatedAt, DateTime UpdatedAt, long Version);
