using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>Registrations by which a module refuses the tokens of ended sessions.</summary>
public static class EndedSessionsServices
{
    // Longer than the lifetime of any access token.
    private static readonly TimeSpan Age = TimeSpan.FromHours(1);

    /// <summary>Fills the module's <c>ended_sessions</c> table from the event that names the ended sessions.</summary>
    public static IServiceCollection AddEndedSessions<TDatabase, TEvent>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
        where TEvent : IEndsSessions =>
        services.AddEndedSessions<TDatabase>().AddEventHandler<TDatabase, TEvent, EndedSessionsHandler<TEvent>>();

    /// <summary>The same for the module that ends sessions and records them itself, by <see cref="EndedSessions.AddAsync"/>.</summary>
    public static IServiceCollection AddEndedSessions<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
    {
        services.TryAddSingleton<EndedSessions>();
        services.AddSingleton(provider => new EndedSessionsSource(provider.GetRequiredService<TDatabase>()));
        return services.AddRetention<TDatabase>(EndedSessionsTable.Name, EndedSessionsTable.NotedAt, Age);
    }
}
