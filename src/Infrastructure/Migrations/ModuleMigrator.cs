using System.Reflection;
using Dapper;
using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Generators.MySql;
using FluentMigrator.Runner.Generators.SQLite;
using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Modules;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Kumiko.Infrastructure.Migrations;

/// <summary>Migrates the schema of one module's database to the version of this program, or reverts migrations.</summary>
public sealed class ModuleMigrator(IModule module, DatabaseSettings settings, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan MaxStatement = TimeSpan.FromHours(12);

    /// <summary>The module's name.</summary>
    public string Module => module.Name;

    /// <summary>Runs every pending migration. If several processes start together, one of them migrates and the others wait.</summary>
    /// <exception cref="InvalidSettingException">The database cannot be opened with these settings.</exception>
    public async Task UpAsync(CancellationToken cancellationToken)
    {
        // Most starts find nothing to do, and one query shows it; setting up the runner takes a quarter of a second.
        if (!await IsCurrentAsync(settings.MigrationsConnectionString(module.Name), cancellationToken))
            await RunAsync(runner => runner.MigrateUp(), cancellationToken);
    }

    /// <summary>Reverts the newest migrations.</summary>
    /// <param name="steps">How many to revert; a number greater than that of all migrations reverts all of them.</param>
    /// <param name="cancellationToken">Stops the wait for another process that is migrating.</param>
    /// <exception cref="InvalidSettingException">The database cannot be opened with these settings.</exception>
    public Task DownAsync(int steps, CancellationToken cancellationToken) => RunAsync(runner => runner.Rollback(steps), cancellationToken);

    /// <summary>Checks that the database is reachable and has every migration that this program contains.</summary>
    /// <exception cref="InvalidSettingException">The database cannot be opened, or its schema is older than this program.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (!await IsCurrentAsync(settings.ConnectionString(module.Name), cancellationToken))
            throw new InvalidSettingException(
                $"The database of {module.Name} is older than this program: run 'migrate', or set Database:MigrateOnStart to true."
            );
    }

    private async Task RunAsync(Action<IMigrationRunner> change, CancellationToken cancellationToken)
    {
        var connectionString = settings.MigrationsConnectionString(module.Name);
        await using var migrating = await TakeLockAsync(connectionString, cancellationToken);
        if (settings.Provider == DatabaseProvider.Sqlite)
            await UseWriteAheadLogAsync(connectionString, cancellationToken);

        await using var services = Services(connectionString);
        await using var scope = services.CreateAsyncScope();
        var before = await VersionsAsync(connectionString, cancellationToken);
        change(scope.ServiceProvider.GetRequiredService<IMigrationRunner>());
        var after = await VersionsAsync(connectionString, cancellationToken);
        if (before.Count != after.Count)
            logger.LogInformation(
                "The database of {Module} went from schema version {Before} to {After}",
                module.Name,
                before.LastOrDefault(),
                after.LastOrDefault()
            );
    }

    private async Task<MigrationLock> TakeLockAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            if (settings.Provider == DatabaseProvider.MySql)
                return await MigrationLock.TakeOnMySqlAsync(connectionString, cancellationToken);

            PrivateFolder.Ensure(settings.Folder);
            PrivateFolder.EnsureFile(settings.SqliteFile(module.Name));
            return await MigrationLock.TakeOnSqliteAsync(settings.SqliteFile(module.Name), clock, cancellationToken);
        }
        catch (Exception e) when (e is MySqlException or IOException or UnauthorizedAccessException)
        {
            throw Unreachable(e);
        }
    }

    private async Task<bool> IsCurrentAsync(string connectionString, CancellationToken cancellationToken)
    {
        if (settings.Provider == DatabaseProvider.Sqlite && !File.Exists(settings.SqliteFile(module.Name)))
            return false;

        try
        {
            var known = module.Migrations.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Version).OfType<long>();
            return !known.Except(await VersionsAsync(connectionString, cancellationToken)).Any();
        }
        catch (Exception e) when (e is MySqlException or SqliteException)
        {
            throw Unreachable(e);
        }
    }

    private async Task<List<long>> VersionsAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using System.Data.Common.DbConnection connection =
            settings.Provider == DatabaseProvider.MySql
                ? new MySqlConnection(Unpooled(connectionString))
                : new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        var tables =
            settings.Provider == DatabaseProvider.MySql
                ? "select count(*) from information_schema.tables where table_schema = database() and table_name = @Table"
                : "select count(*) from sqlite_master where name = @Table";
        if (await connection.ExecuteScalarAsync<long>(tables, new { SchemaVersionTable.Table }) == 0)
            return [];

        return (await connection.QueryAsync<long>($"select version from {SchemaVersionTable.Table} order by version")).AsList();
    }

    private static async Task UseWriteAheadLogAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        // The database file stores the mode (SQLite's documentation, 'Write-Ahead Logging', 3.3).
        await connection.ExecuteAsync("pragma busy_timeout = 10000; pragma journal_mode = wal");
    }

    private ServiceProvider Services(string connectionString) =>
        new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner =>
            {
                if (settings.Provider == DatabaseProvider.MySql)
                {
                    connectionString = Unpooled(connectionString);
                    runner.AddMySql8();
                    runner.Services.AddScoped<IMySqlTypeMap, MySqlColumnTypes>();
                }
                else
                {
                    runner.AddSQLite();
                    runner.Services.AddScoped<ISQLiteTypeMap, SqliteColumnTypes>();
                }

                runner
                    .WithGlobalConnectionString(connectionString)
                    // A change of a large table takes as long as it takes.
                    .WithGlobalCommandTimeout(MaxStatement)
                    .WithVersionTable(new SchemaVersionTable())
                    .ScanIn(module.Migrations)
                    .For.Migrations();
            })
            .BuildServiceProvider();

    // These connections are used only once, and the metrics identify an unnamed pool by its connection string.
    private static string Unpooled(string connectionString) =>
        new MySqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString();

    private InvalidSettingException Unreachable(Exception e) =>
        new(
            settings.Provider == DatabaseProvider.MySql
                ? $"The database of {module.Name} cannot be opened ({e.Message.TrimEnd('.')}): check "
                    + $"ConnectionStrings:{DatabaseSettings.Setting(module.Name)} and that the server runs."
                : $"The database of {module.Name} cannot be opened ({e.Message.TrimEnd('.')}): set Database:Folder to a folder that this "
                    + "process may write.",
            e
        );
}
