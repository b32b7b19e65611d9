using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.Infrastructure.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;
using Xunit;

namespace Kumiko.TestDatabases;

/// <summary>A new database for one module: a SQLite file, or a database on the MySQL server in <c>KUMIKO_TEST_MYSQL</c>.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string NoServer = "No MySQL server: set KUMIKO_TEST_MYSQL to an administrator's connection string.";

    private readonly string? _server;

    private TestDatabase(IModule module, DatabaseProvider provider)
    {
        Name = $"kumiko_{module.Name}_{Guid.NewGuid():N}";
        _server = provider == DatabaseProvider.MySql ? Server : null;
        Configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Database:Provider"] = provider == DatabaseProvider.MySql ? "mysql" : "sqlite",
                    ["Database:Folder"] = Path.Combine(Path.GetTempPath(), Name),
                    [$"ConnectionStrings:{module.Name}"] = $"{_server};Database={Name};Maximum Pool Size=20",
                }
            )
            .Build();
        Settings = new DatabaseSettings(Configuration);
        Migrator = new ModuleMigrator(module, Settings, TimeProvider.System, NullLogger.Instance);
    }

    /// <summary>
    /// The databases to test on. Without <c>KUMIKO_TEST_MYSQL</c> the tests on MySQL are skipped, or fail if <c>KUMIKO_TEST_REQUIRE</c> is
    /// <c>all</c>.
    /// </summary>
    public static TheoryData<DatabaseProvider> Providers => [new(DatabaseProvider.Sqlite), .. Servers];

    /// <summary>The databases to test on that are servers.</summary>
    public static TheoryData<DatabaseProvider> Servers => [new(DatabaseProvider.MySql) { Skip = Missing }];

    private static string? Missing =>
        Server is null && Environment.GetEnvironmentVariable("KUMIKO_TEST_REQUIRE") != "all" ? NoServer : null;

    private static string? Server => Environment.GetEnvironmentVariable("KUMIKO_TEST_MYSQL") is { Length: > 0 } server ? server : null;

    /// <summary>The name of the database or, for SQLite, of its folder. Connection strings contain it.</summary>
    public string Name { get; }

    public IConfiguration Configuration { get; }

    public DatabaseSettings Settings { get; }

    public ModuleMigrator Migrator { get; }

    /// <summary>Creates the database, without a schema.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(IModule module, DatabaseProvider provider, CancellationToken cancellationToken)
    {
        if (provider == DatabaseProvider.MySql && Server is null)
            throw new InvalidOperationException(NoServer);

        var database = new TestDatabase(module, provider);
        await database.OnServerAsync($"create database {database.Name} character set utf8mb4", cancellationToken);
        return database;
    }

    /// <summary>Creates the database and its schema.</summary>
    public static async Task<TestDatabase> CreateAsync(IModule module, DatabaseProvider provider, CancellationToken cancellationToken)
    {
        var database = await CreateEmptyAsync(module, provider, cancellationToken);
        await database.Migrator.UpAsync(cancellationToken);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await OnServerAsync($"drop database {Name}", CancellationToken.None);
        if (!Directory.Exists(Settings.Folder))
            return;

        Directory.Delete(Settings.Folder, recursive: true);
    }

    /// <summary>Each of the databases to test on with each of these values.</summary>
    public static TheoryData<DatabaseProvider, T> ProvidersWith<T>(params IReadOnlyList<T> values) =>
        [
            .. from provider in Providers
            from value in values
            select new TheoryDataRow<DatabaseProvider, T>(provider.Data, value) { Skip = provider.Skip },
        ];

    private async Task OnServerAsync(string sql, CancellationToken cancellationToken)
    {
        if (_server is null)
            return;

        await using var connection = new MySqlConnection(_server);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
