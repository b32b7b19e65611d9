using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Kumiko.Contract.Sqlite;

/// <summary>What tests that look into the tables of an installation send to its databases.</summary>
internal static class Tables
{
    /// <summary>The names of the tables.</summary>
    public const string All = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name";

    public static DbConnection ConnectTo(Installation installation, string module) =>
        new SqliteConnection($"Data Source={Path.Combine(installation.Folder, "data", $"{module}.db")};Pooling=False;Default Timeout=10");

    /// <summary>Gives the next row of a table this number.</summary>
    public static string NextId(string table, long id) => $"update sqlite_sequence set seq = {id - 1} where name = '{table}'";

    /// <summary>The columns that hold times.</summary>
    public static string TimesOf(string table) =>
        $"select name from pragma_table_info('{table}') where name like '%_at' or name like '%_on'";

    /// <summary>Moves the times of a column into the past.</summary>
    public static string Age(string table, string column, int days) =>
        $"update {table} set {column} = date({column}, '-{days} days') || substr({column}, 11) where {column} like '____-__-__%'";
}
