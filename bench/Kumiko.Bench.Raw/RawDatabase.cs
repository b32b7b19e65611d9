using System.Data.Common;
using Microsoft.Data.Sqlite;
using MySqlConnector;

namespace Kumiko.Bench.Raw;

/// <summary>The database of the Posts module, opened with the same settings as in the Host.</summary>
public static class RawDatabase
{
    /// <summary>Creates a data source with pooled connections.</summary>
    /// <param name="provider"><c>sqlite</c> or <c>mysql</c>.</param>
    /// <param name="connectionString">The connection string of the database.</param>
    public static DbDataSource Open(string provider, string connectionString)
    {
        if (provider == "sqlite")
            return new SqliteSource(connectionString);

        return new MySqlDataSource(
            new MySqlConnectionStringBuilder(connectionString) { DateTimeKind = MySqlDateTimeKind.Utc, ConnectionReset = false }.ToString()
        );
    }

    private sealed class SqliteSource(string connectionString) : DbDataSource
    {
        public override string ConnectionString => connectionString;

        protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);
    }
}
