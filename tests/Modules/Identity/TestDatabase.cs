using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Data.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;
using Xunit;

namespace Kumiko.Identity.Tests;

/// <summary>A new, migrated database of Identity: a SQLite file, or a database on the MySQL server that <c>KUMIKO_TEST_MYSQL</c> names.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _name = $"identity_{Guid.NewGuid():N}";
    private readonly string _folder;
    private readonly string? _server;

    private TestDatabase(DatabaseProvider provider)
    {
        _folder = Path.Combine(Path.GetTempPath(), _name);
        _server = provider == DatabaseProvider.MySql ? Environment.GetEnvironmentVariable("KUMIKO_TEST_MYSQL") : null;
        Assert.SkipWhen(provider == DatabaseProvider.MySql && string.IsNullOrEmpty(_server), "No MySQL server: KUMIKO_TEST_MYSQL is not set.");
        Settings = new DatabaseSettings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider == DatabaseProvider.MySql ? "mysql" : "sqlite",
            ["Database:Folder"] = _folder,
            ["ConnectionStrings:Identity"] = $"{_server};Database={_name}",
        }).Build());
        Migrator = new ModuleMigrator(new IdentityModule(), Settings, TimeProvider.System, NullLogger.Instance);
        Database = new IdentityDatabase(Settings);
    }

    public static TheoryData<DatabaseProvider> Providers => [DatabaseProvider.Sqlite, DatabaseProvider.MySql];

    public DatabaseSettings Settings { get; }

    public ModuleMigrator Migrator { get; }

    public IdentityDatabase Database { get; }

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider)
    {
        var database = new TestDatabase(provider);
        await database.OnServerAsync($"create database {database._name}");
        await database.Migrator.UpAsync(TestContext.Current.CancellationToken);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await OnServerAsync($"drop database {_name}");
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task OnServerAsync(string sql)
    {
        if (_server is null)
            return;

        await using var connection = new MySqlConnection(_server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
