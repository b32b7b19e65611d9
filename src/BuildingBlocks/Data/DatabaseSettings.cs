using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using MySqlConnector;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>The <c>Database</c> section and the connection strings of the modules.</summary>
public sealed class DatabaseSettings
{
    private readonly IConfiguration _configuration;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidSettingException">The provider's name is unknown.</exception>
    public DatabaseSettings(IConfiguration configuration)
    {
        _configuration = configuration;
        Provider = configuration["Database:Provider"]?.ToLowerInvariant() switch
        {
            null or "" or "sqlite" => DatabaseProvider.Sqlite,
            "mysql" => DatabaseProvider.MySql,
            var other => throw new InvalidSettingException($"Database:Provider is '{other}': set it to 'sqlite' or 'mysql'."),
        };
        Folder = Path.GetFullPath(configuration["Database:Folder"] is { Length: > 0 } folder ? folder : "data");
        MigrateOnStart = configuration.GetValue("Database:MigrateOnStart", true);
    }

    /// <summary>The database that the process runs on (<c>Database:Provider</c>).</summary>
    public DatabaseProvider Provider { get; }

    /// <summary>
    /// The full path of the folder with the SQLite files (<c>Database:Folder</c>; <c>data</c> in the working directory if left out).
    /// </summary>
    public string Folder { get; }

    /// <summary>Whether <c>serve</c> migrates before it listens (<c>Database:MigrateOnStart</c>; true if left out).</summary>
    public bool MigrateOnStart { get; }

    /// <summary>
    /// The connection string with which a module reads and writes its rows. If it has no password, <c>Passwords:{Module}</c> is used.
    /// </summary>
    /// <param name="module">The module's name.</param>
    /// <exception cref="InvalidSettingException">The connection string is missing or invalid.</exception>
    public string ConnectionString(string module) =>
        Provider == DatabaseProvider.Sqlite ? SqliteConnectionString(module) : MySqlConnectionString(Setting(module));

    /// <summary>
    /// The connection string of the database user who may change a module's schema: <c>ConnectionStrings:{Module}Migrations</c> with
    /// <c>Passwords:{Module}Migrations</c>, or the module's own if that is left out.
    /// </summary>
    /// <param name="module">The module's name.</param>
    /// <exception cref="InvalidSettingException">The connection string is missing or invalid.</exception>
    public string MigrationsConnectionString(string module)
    {
        if (Provider == DatabaseProvider.Sqlite)
            return SqliteConnectionString(module);

        var setting = Setting(module) + "Migrations";
        return MySqlConnectionString(_configuration.GetConnectionString(setting) is { Length: > 0 } ? setting : Setting(module));
    }

    /// <summary>The path of a module's SQLite file.</summary>
    public string SqliteFile(string module) => Path.Combine(Folder, module + ".db");

    internal static string Setting(string module) => char.ToUpperInvariant(module[0]) + module[1..];

    // The library e_sqlite3 is built with foreign keys enabled. SqliteDataSource sets the write timeout of each connection.
    private string SqliteConnectionString(string module) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = SqliteFile(module),
            DefaultTimeout = 10,
            // SqliteDataSource keeps the connections.
            Pooling = false,
        }.ToString();

    private string MySqlConnectionString(string setting)
    {
        var value = _configuration.GetConnectionString(setting);
        if (string.IsNullOrWhiteSpace(value))
            throw new InvalidSettingException(
                $"Database:Provider is 'mysql': set ConnectionStrings:{setting}, such as "
                    + $"'Server=localhost;Database=kumiko_{setting.ToLowerInvariant()};User ID=...;Password=...'."
            );

        MySqlConnectionStringBuilder builder;
        try
        {
            builder = new MySqlConnectionStringBuilder(value);
        }
        catch (ArgumentException e)
        {
            throw new InvalidSettingException(
                $"ConnectionStrings:{setting} cannot be read ({e.Message.TrimEnd('.')}): "
                    + "write it as 'Server=...;Database=...;User ID=...;Password=...'.",
                e
            );
        }

        if (builder.Database.Length == 0)
            throw new InvalidSettingException($"ConnectionStrings:{setting} names no database: add 'Database=...'.");

        // The password can be a setting of its own, so that it can come from a secret.
        if (builder.Password.Length == 0)
            builder.Password = _configuration[$"Passwords:{setting}"] ?? "";

        builder.DateTimeKind = MySqlDateTimeKind.Utc;
        // What a session sets is the same for all, so a pooled connection needs no reset, which would forget the prepared statements.
        builder.ConnectionReset = false;
        // Count the rows that matched, as SQLite does, and not only those that changed.
        builder.UseAffectedRows = false;
        return builder.ToString();
    }
}
