using System.Data.Common;
using MySqlConnector;

namespace Kumiko.Contract.MySql;

/// <summary>What tests that look into the tables of an installation send to its databases.</summary>
internal static class Tables
{
    /// <summary>The names of the tables.</summary>
    public const string All = "select table_name from information_schema.tables where table_schema = database() order by table_name";

    public static DbConnection ConnectTo(Installation installation, string module) =>
        new MySqlConnection(
            installation
                .Settings.Single(setting =>
                    setting.Key.Equals($"ConnectionStrings__{module}Migrations", StringComparison.OrdinalIgnoreCase)
                )
                .Value
        );

    /// <summary>Gives the next row of a table this number.</summary>
    public static string NextId(string table, long id) => $"alter table {table} auto_increment = {id}";

    /// <summary>The columns that hold times.</summary>
    public static string TimesOf(string table) =>
        "select column_name from information_schema.columns where table_schema = database() "
        + $"and table_name = '{table}' and data_type in ('date', 'datetime')";

    /// <summary>Moves the times of a column into the past.</summary>
    public static string Age(string table, string column, int days) => $"update {table} set {column} = {column} - interval {days} day";
}
