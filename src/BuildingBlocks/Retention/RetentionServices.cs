using System.Diagnostics.CodeAnalysis;
using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Retention;

/// <summary>Registers how long a module keeps rows.</summary>
public static class RetentionServices
{
    /// <summary>Deletes rows of a table of the module once the time in one of its columns is this long ago.</summary>
    public static IServiceCollection AddRetention<TDatabase>(
        this IServiceCollection services,
        [ConstantExpected] string table,
        [ConstantExpected] string column,
        TimeSpan age
    )
        where TDatabase : ModuleDatabase
    {
        var old = " where " + column + " < @Before limit @BatchSize";
        return services.AddRetention(
            new RetentionRule<TDatabase>(
                // SQLite's delete has no limit unless it is compiled in (SQLite documentation, 'DELETE').
                SqliteDelete: "delete from " + table + " where rowid in (select rowid from " + table + old + ")",
                MySqlDelete: "delete from " + table + old,
                age
            )
        );
    }

    /// <summary>Deletes old rows of a table of the module, every ten minutes.</summary>
    public static IServiceCollection AddRetention<TDatabase>(this IServiceCollection services, RetentionRule<TDatabase> table)
        where TDatabase : ModuleDatabase
    {
        services.AddSingleton(table);
        // Registered once, however many tables there are.
        return services.AddHostedService<RetentionJob<TDatabase>>();
    }
}
