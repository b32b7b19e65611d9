using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Retention;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Idempotency;

/// <summary>Registrations for a module that honours <c>Idempotency-Key</c>.</summary>
public static class IdempotencyServices
{
    /// <summary>Sweeps the module's <c>idempotency_keys</c> table.</summary>
    public static IServiceCollection AddIdempotencyRetention<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase => services.AddRetention<TDatabase>("idempotency_keys", "created_at", IdempotencyStore.Age);
}
