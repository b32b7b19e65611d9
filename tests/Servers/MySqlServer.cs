using System.Security.Cryptography;
using MySqlConnector;
using Testcontainers.MySql;

namespace Kumiko.TestServers;

/// <summary>The MySQL server of this run: the one in <c>KUMIKO_TEST_MYSQL</c>, or a container if a Docker engine answers.</summary>
public static class MySqlServer
{
    private const string Image = "mysql:9.7";
    private static readonly Lazy<Task<string>> Connection = new(StartAsync);

    /// <summary>Whether a server is named. Then it must be used.</summary>
    public static bool IsNamed => Named is not null;

    /// <summary>Looks for a server. Returns in one line why there is none, or null.</summary>
    public static async Task<string?> LookAsync()
    {
        try
        {
            await Connection.Value;
            return null;
        }
        catch (Exception e)
        {
            return Named is null
                ? "No MySQL server: set KUMIKO_TEST_MYSQL to an administrator's connection string, or start a Docker engine "
                    + $"({Servers.FirstLine(e)})."
                : $"The MySQL server that KUMIKO_TEST_MYSQL names does not answer ({Servers.FirstLine(e)}).";
        }
    }

    /// <summary>The address of the server.</summary>
    public static async Task<(string Host, int Port)> AddressAsync()
    {
        var settings = new MySqlConnectionStringBuilder(await Connection.Value);
        return (settings.Server, (int)settings.Port);
    }

    /// <summary>
    /// Creates a new, empty database for each module, with one user that may change its schema and one that may only change rows.
    /// </summary>
    /// <param name="port">A local port that leads to the server, if Hosts must not connect directly.</param>
    public static async Task<Installation> InstallAsync(int? port = null) => await InstallAsync(await Connection.Value, port);

    internal static async Task<Installation> InstallAsync(string administrator, int? port = null)
    {
        var admin = new MySqlConnectionStringBuilder(administrator) { Database = "" };
        var way = new MySqlConnectionStringBuilder(admin.ConnectionString);
        if (port is not null)
            (way.Server, way.Port) = ("127.0.0.1", (uint)port);
        var suffix = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));
        var settings = new Dictionary<string, string>
        {
            ["Database__Provider"] = "mysql",
            ["Security__Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            // All tests come from one address, so limits are on only in the tests of limits.
            ["RateLimits__Enabled"] = "false",
        };
        var cleanup = new List<string>();
        await using var connection = new MySqlConnection(admin.ConnectionString);
        await connection.OpenAsync();
        foreach (var module in (string[])["Posts", "Identity"])
        {
            var database = $"kumiko_{module.ToLowerInvariant()}_{suffix}";
            await ExecuteAsync(connection, $"create database `{database}` character set utf8mb4");
            cleanup.Add($"drop database if exists `{database}`");
            settings[$"ConnectionStrings__{module}Migrations"] = await AddUserAsync($"{database}_m", database, "all privileges");
            settings[$"ConnectionStrings__{module}"] = await AddUserAsync($"{database}_r", database, "select, insert, update, delete");
        }

        return new Installation(settings, RemoveAsync);

        async Task<string> AddUserAsync(string user, string database, string privileges)
        {
            var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            HostLog.Watch("database password", password);
            await ExecuteAsync(connection, $"create user '{user}'@'%' identified by '{password}'");
            cleanup.Add($"drop user if exists '{user}'@'%'");
            await ExecuteAsync(connection, $"grant {privileges} on `{database}`.* to '{user}'@'%'");

            // Many Hosts run at once in these tests, and a server allows 151 connections by default.
            return new MySqlConnectionStringBuilder(way.ConnectionString)
            {
                UserID = user,
                Password = password,
                Database = database,
                MaximumPoolSize = 10,
            }.ConnectionString;
        }

        async Task RemoveAsync()
        {
            await using var last = new MySqlConnection(admin.ConnectionString);
            await last.OpenAsync();
            foreach (var statement in cleanup)
                await ExecuteAsync(last, statement);
        }
    }

    private static string? Named => Environment.GetEnvironmentVariable("KUMIKO_TEST_MYSQL") is { Length: > 0 } named ? named : null;

    private static async Task<string> StartAsync()
    {
        if (Named is not null)
        {
            await using var connection = new MySqlConnection(Named);
            await connection.OpenAsync();
            return Named;
        }

        var container = new MySqlBuilder(Image).WithUsername("root").WithPassword("contract").Build();
        Servers.StopAtEnd(container);
        await container.StartAsync();
        return container.GetConnectionString();
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
