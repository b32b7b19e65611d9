using Kumiko.BuildingBlocks.Data;
using MySqlConnector;

namespace Kumiko.Infrastructure.Migrations;

/// <summary>
/// Lets one process at a time change a module's schema: by <c>GET_LOCK</c> on MySQL, by a locked file beside the database on SQLite. Both
/// locks are released when the process that holds them ends.
/// </summary>
internal sealed class MigrationLock : IAsyncDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(5);
    private readonly IAsyncDisposable _held;

    private MigrationLock(IAsyncDisposable held) => _held = held;

    public ValueTask DisposeAsync() => _held.DisposeAsync();

    public static async Task<MigrationLock> TakeOnMySqlAsync(string connectionString, CancellationToken cancellationToken)
    {
        // The lock is held as long as this connection is open, so the connection must not return to a pool.
        var builder = new MySqlConnectionStringBuilder(connectionString) { Pooling = false };
        var connection = new MySqlConnection(builder.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandTimeout = (int)MaxWait.TotalSeconds + 5;
            // Lock names apply to the whole server and have at most 64 characters, as do database names (MySQL
            // manual, 'Locking Functions').
            command.CommandText = "select get_lock(left(concat('migrate ', database()), 64), @Seconds)";
            command.Parameters.AddWithValue("@Seconds", (int)MaxWait.TotalSeconds);
            if (
                Convert.ToInt64(
                    await command.ExecuteScalarAsync(cancellationToken) ?? 0L,
                    System.Globalization.CultureInfo.InvariantCulture
                ) != 1
            )
                throw new TimeoutException(
                    $"Another process has been migrating '{connection.Database}' for {MaxWait.TotalMinutes} minutes."
                );
            return new MigrationLock(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static async Task<MigrationLock> TakeOnSqliteAsync(string file, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new MigrationLock(PrivateFolder.OpenAlone(file + ".lock"));
            }
            catch (IOException e)
                when (e is not FileNotFoundException and not DirectoryNotFoundException && clock.GetElapsedTime(started) < MaxWait)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
            }
        }
    }
}
