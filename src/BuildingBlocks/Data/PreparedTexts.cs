using System.Collections.Concurrent;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>
/// The statements that MySQL's connections prepare, which saves the server from parsing and planning each of them again. All are constants
/// of the code: a text that is built from data is new each time, and the server keeps a limited number of prepared statements.
/// </summary>
internal static class PreparedTexts
{
    // A connection may keep this many. MySQL allows 16,382 in all (max_prepared_stmt_count), and a pool has 100 connections.
    private const int Max = 100;

    private static readonly ConcurrentDictionary<string, bool> Texts = new();

    // Counting the dictionary would lock all of it.
    private static int _count;

    /// <summary>Whether a statement is prepared.</summary>
    public static bool Has(string sql)
    {
        if (Texts.ContainsKey(sql))
            return true;
        if (Volatile.Read(ref _count) >= Max || !IsSingle(sql))
            return false;

        if (Texts.TryAdd(sql, true))
            Interlocked.Increment(ref _count);
        return true;
    }

    // The driver runs several statements one by one if they are prepared, and Dapper writes the members of a list into the text.
    private static bool IsSingle(string sql) => !sql.Contains(';') && !sql.Contains(" in @", StringComparison.Ordinal);
}
