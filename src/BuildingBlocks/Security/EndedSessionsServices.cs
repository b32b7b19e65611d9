using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>What a module registers so that it refuses the tokens of sessions that have ended.</summary>
public static class EndedSessionsServices
{
    // Longer than any access token lives.
    private static readonly TimeSpan Age = TimeSpan.FromHours(1);

    /// <summary>Keeps the module's <c>ended_sessions</c> table by the event that says which sessions have ended.</summary>
    public static IServiceCollection AddEndedSessions<TDatabase, TEvent>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
        where TEvent : IEndsSessions =>
        services.AddEndedSessions<TDatabase>().AddEventHandler<TDatabase, TEvent, EndedSessionsHandler<TEvent>>();

    /// <summary>The same for the module that ends sessions, which notes them by <see cref="EndedSessions.AddAsync"/> itself.</summary>
    public static IServiceCollection AddEndedSessions<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
    {
        services.TryAddSingleton<EndedSessions>();
        services.AddSingleton(provider => new EndedSessionsSource(provider.GetRequiredService<TDatabase>()));
        return services.AddRetention(
            new RetentionRule<TDatabase>(
                SqliteDelete: "delete from ended_sessions where rowid in (select rowid from ended_sessions where noted_at < @Before limit @BatchSize)",
                MySqlDelete: "delete from ended_sessions where noted_at < @Before limit @BatchSize",
                Age
            )
        );
    }
}
