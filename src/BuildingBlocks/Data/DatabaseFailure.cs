using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using SQLitePCL;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>Classifies database failures by what they mean to the caller.</summary>
public static class DatabaseFailure
{
    // ER_READ_ONLY_MODE and ER_INNODB_READ_ONLY (MySQL manual, 'Server Error Message Reference'), for which the driver has no names.
    private const MySqlErrorCode ReadOnlyMode = (MySqlErrorCode)1836;
    private const MySqlErrorCode InnoDbReadOnly = (MySqlErrorCode)1874;

    /// <summary>The database is unreachable, full or overloaded; the same request may succeed later.</summary>
    public static bool IsUnavailable(Exception exception) =>
        exception switch
        {
            SqliteException
            {
                SqliteErrorCode: raw.SQLITE_BUSY
                    or raw.SQLITE_LOCKED
                    or raw.SQLITE_CANTOPEN
                    or raw.SQLITE_IOERR
                    or raw.SQLITE_FULL
                    or raw.SQLITE_READONLY
            } => true,
            MySqlException { IsTransient: true } => true,
            MySqlException
            {
                ErrorCode: MySqlErrorCode.UnableToConnectToHost
                    or MySqlErrorCode.CommandTimeoutExpired
                    or MySqlErrorCode.ServerShutdown
                    or MySqlErrorCode.TooManyUserConnections
                    or MySqlErrorCode.ConnectionCountError
                    or MySqlErrorCode.OptionPreventsStatement
                    or MySqlErrorCode.DiskFull
                    or MySqlErrorCode.RecordFileFull
                    or ReadOnlyMode
                    or InnoDbReadOnly
            } => true,
            MySqlException { InnerException: IOException or SocketException or EndOfStreamException } => true,
            // A connection that broke during a command.
            MySqlException { ErrorCode: MySqlErrorCode.None } => true,
            ObjectDisposedException or IOException or SocketException when IsFromDriver(exception) => true,
            _ => false,
        };

    /// <summary>The database is reachable, but it did not finish a statement before the timeout.</summary>
    public static bool IsTimeout(Exception exception) => exception is MySqlException { ErrorCode: MySqlErrorCode.CommandTimeoutExpired };

    /// <summary>The row would violate a unique key.</summary>
    public static bool IsDuplicate(Exception exception) =>
        exception switch
        {
            SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY } => true,
            MySqlException { ErrorCode: MySqlErrorCode.DuplicateKeyEntry } => true,
            _ => false,
        };

    /// <summary>Two transactions deadlocked, and this one was rolled back; run it again.</summary>
    public static bool IsDeadlock(Exception exception) => exception is MySqlException { ErrorCode: MySqlErrorCode.LockDeadlock };

    private static bool IsFromDriver(Exception exception) =>
        exception.StackTrace?.Contains("MySqlConnector", StringComparison.Ordinal) == true;
}
