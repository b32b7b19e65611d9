using MySqlConnector;
using Testcontainers.MySql;

namespace Kumiko.TestServers;

/// <summary>A separate MySQL server that loses nothing it has committed, on a port that stays the same over restarts.</summary>
public sealed class DurableMySql : ServerContainer
{
    private readonly string _administrator;

    private DurableMySql(MySqlContainer container)
        : base(container) => _administrator = container.GetConnectionString();

    public static async Task<DurableMySql> StartAsync()
    {
        var container = new MySqlBuilder("mysql:9.7")
            .WithUsername("root")
            .WithPassword("contract")
            .WithPortBinding(Ports.Free(), 3306)
            .WithCommand("--max-connections=300", "--innodb-flush-log-at-trx-commit=1", "--sync-binlog=1")
            .Build();
        await container.StartAsync();
        return new DurableMySql(container);
    }

    /// <summary>Creates databases and users for the modules on this server.</summary>
    public Task<Installation> InstallAsync() => MySqlServer.InstallAsync(_administrator);

    /// <summary>Waits until it answers.</summary>
    public async Task ReadyAsync()
    {
        for (var left = 240; ; left--)
        {
            try
            {
                await using var connection = await OpenAsync();
                return;
            }
            catch (MySqlException) when (left > 0)
            {
                await Task.Delay(250);
            }
        }
    }

    /// <summary>A connection as the administrator.</summary>
    public async Task<MySqlConnection> OpenAsync()
    {
        var connection = new MySqlConnection(
            new MySqlConnectionStringBuilder(_administrator) { Database = "", Pooling = false }.ConnectionString
        );
        await connection.OpenAsync();
        return connection;
    }
}
