using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Retention;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Idempotency;

/// <summary>Registrations for a module that honours <c>Idempotency-Key</c>.</summary>
public static class IdempotencyServices
{
    /// <summary>Sweeps the module's <c>idempotency_keys</c> table.</summary>
    public static IServiceCollection AddIdempotencyRetention<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase =>
        services.AddRetention(
            new RetentionRule<TDatabase>(
                SqliteDelete: "delete from idempotency_keys where rowid in (select rowid from idempotency_keys where created_at < @Before limit @BatchSize)",
                MySqlDelete: "delete from idempotency_keys where created_at < @Before limit @BatchSize",
                IdempotencyStore.Age
            )
        );
}
