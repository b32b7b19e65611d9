using Kumiko.BuildingBlocks.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>Registers limits on what one caller may do, so that one caller never takes the service from the others.</summary>
public static class RateLimitingServices
{
    /// <summary>Registers limits of a module with their quotas from the settings.</summary>
    /// <exception cref="InvalidSettingException">A quota is not a positive number.</exception>
    public static IServiceCollection AddRateLimits(
        this IServiceCollection services,
        IConfiguration configuration,
        params ReadOnlySpan<RateLimit> limits
    )
    {
        var settings = new RateLimitSettings(configuration);
        services.TryAddSingleton(settings);
        services.TryAddSingleton<RecentRefusals>();
        services.TryAddSingleton<HeldRefusals>();
        services.TryAddSingleton<RequestTurns>();
        services.TryAddSingleton(provider => new RateLimits(settings, provider.GetServices<ChosenQuota>()));
        foreach (var limit in limits)
            services.AddSingleton(new ChosenQuota(limit, settings.Number(limit.Setting, limit.Quota)));
        return services;
    }

    /// <summary>Counts requests against the limits of their endpoints. Use it after authentication.</summary>
    public static IApplicationBuilder UseRateLimits(this IApplicationBuilder app) => app.UseMiddleware<RateLimitMiddleware>();

    /// <summary>Refuses again who was refused a moment ago. Use it before authentication, which then costs nothing.</summary>
    public static IApplicationBuilder UseRecentRefusals(this IApplicationBuilder app) => app.UseMiddleware<RefusedAgainMiddleware>();

    /// <summary>Holds refusals back from a client address that gets many. Use it before whatever refuses.</summary>
    public static IApplicationBuilder UseHeldRefusals(this IApplicationBuilder app) =>
        app.ApplicationServices.GetRequiredService<RateLimitSettings>().Enabled ? app.UseMiddleware<HeldRefusalsMiddleware>() : app;

    /// <summary>
    /// Works on a few requests of one client address at a time. Use it after <see cref="UseHeldRefusals"/>, since a refusal that is held
    /// back needs no place.
    /// </summary>
    public static IApplicationBuilder UseRequestTurns(this IApplicationBuilder app) =>
        app.ApplicationServices.GetRequiredService<RateLimitSettings>().Enabled ? app.UseMiddleware<RequestTurnsMiddleware>() : app;

    /// <summary>Declares that the endpoint has a limit and answers 429.</summary>
    public static RouteHandlerBuilder RateLimited(this RouteHandlerBuilder endpoint, RateLimit limit) =>
        endpoint.WithMetadata(new RateLimitedMetadata(limit)).ProducesProblem(StatusCodes.Status429TooManyRequests);
}
