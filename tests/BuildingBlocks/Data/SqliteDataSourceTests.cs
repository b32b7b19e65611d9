using Kumiko.BuildingBlocks.Data;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Data;

/// <summary>Connections that stay open, and commands that keep their prepared statements.</summary>
public sealed class SqliteDataSourceTests : IAsyncDisposable
{
    private const string Read = "select * from things where id = @Id";

    private readonly SqliteDataSource _source;
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"kumiko-{Guid.NewGuid():N}.db");

    public SqliteDataSourceTests()
    {
        _source = new SqliteDataSource($"Data Source={_file};Pooling=False");
        Run("create table things (id integer primary key, name text not null); insert into things values (1, 'one'), (2, 'two')");
    }

    [Fact]
    public void A_connection_is_lent_again_and_never_to_two_at_once()
    {
        var first = _source.OpenConnection();
        var second = _source.OpenConnection();
        Assert.NotSame(first, second);

        first.Dispose();
        using var again = _source.OpenConnection();
        Assert.Same(first, again);
        second.Dispose();
    }

    [Fact]
    public void A_text_is_prepared_once_for_each_connection()
    {
        SqliteCommand kept;
        using (var connection = Open())
        {
            using (kept = Expect(connection, Read))
                Assert.Equal("one", Name(kept, 1));
        }

        using var later = Open();
        using var command = Expect(later, Read);
        Assert.Same(kept, command);
        Assert.Equal("two", Name(command, 2));
    }

    [Fact]
    public void A_text_in_use_gets_another_command()
    {
        using var connection = Open();
        using var outer = Expect(connection, Read);
        using var inner = Expect(connection, Read);
        Assert.NotSame(outer, inner);
        inner.CommandText = Read;
        Assert.Equal("two", Name(inner, 2));
        Assert.Equal("one", Name(outer, 1));
    }

    [Fact]
    public void A_kept_statement_sees_a_new_schema()
    {
        using var connection = Open();
        Assert.Equal(2, Columns(connection));
        Run("alter table things add column size integer");
        Assert.Equal(3, Columns(connection));

        static int Columns(KeptSqliteConnection connection)
        {
            using var command = Expect(connection, Read);
            Add(command, 1);
            using var reader = command.ExecuteReader();
            return reader.FieldCount;
        }
    }

    [Fact]
    public void A_kept_statement_is_as_good_as_new_after_a_failure()
    {
        const string Insert = "insert into things values (@Id, 'more') returning name";
        using var connection = Open();
        using (var command = Expect(connection, Insert))
            Assert.Equal(19, Assert.Throws<SqliteException>(() => Name(command, 1)).SqliteErrorCode);
        using (var command = Expect(connection, Insert))
            Assert.Equal("more", Name(command, 3));
    }

    [Fact]
    public void A_discarded_connection_is_not_lent_again()
    {
        var first = Open();
        first.Discard();
        using var second = Open();
        Assert.NotSame(first, second);
    }

    [Fact]
    public async Task Nothing_keeps_the_file_open_once_the_source_is_disposed()
    {
        var late = _source.OpenConnection();
        _source.OpenConnection().Dispose();
        await _source.DisposeAsync();
        Assert.Equal(System.Data.ConnectionState.Open, late.State);
        late.Dispose();
        Assert.Equal(System.Data.ConnectionState.Closed, late.State);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        File.Delete(_file);
    }

    private static SqliteCommand Expect(KeptSqliteConnection connection, string sql)
    {
        connection.Expect(sql);
        return connection.CreateCommand();
    }

    private static string? Name(SqliteCommand command, int id)
    {
        Add(command, id);
        using var reader = command.ExecuteReader();
        return reader.Read() ? reader.GetString(reader.GetOrdinal("name")) : null;
    }

    private static void Add(SqliteCommand command, int id) => command.Parameters.Add(new SqliteParameter("@Id", id));

    private KeptSqliteConnection Open() => (KeptSqliteConnection)_source.OpenConnection();

    private void Run(string sql)
    {
        using var connection = _source.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
