using System.Text.Json;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Observability;
using Kumiko.Host.Addresses;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Kumiko.Host.Health;

/// <summary>Health checks for operators: whether the process is alive, and whether it is ready to answer.</summary>
internal static class ModuleHealth
{
    /// <summary>
    /// Adds one check per dependency (the database of each module) and one of the process itself, which fails once the process was
    /// told to stop.
    /// </summary>
    public static void AddModuleHealth(this IServiceCollection services, IReadOnlyList<IModule> modules)
    {
        var checks = services.AddHealthChecks().AddCheck<DrainingCheck>("process", tags: [HealthTags.Serving]);
        foreach (var module in modules)
        {
            checks.Add(
                new HealthCheckRegistration(
                    module.Name + "_database",
                    provider => new DatabaseCheck(
                        provider.GetServices<ModuleDatabase>().Single(database => database.Module == module.Name)
                    ),
                    HealthStatus.Unhealthy,
                    tags: null
                )
            );
        }
    }

    /// <summary>
    /// <c>/health/live</c> answers while the process runs; <c>/health/ready</c> checks every dependency and reports how long each
    /// took. <c>/health/serving</c> is for proxies: it fails once the process was told to stop, and for a moment after the start
    /// while the process has no keys to verify tokens with. It succeeds while the database is unavailable, since the API's own
    /// response is the better one.
    /// </summary>
    public static void MapModuleHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .DisableHttpMetrics()
            .ForOperators();
        app.MapHealthChecks(
                "/health/serving",
                new HealthCheckOptions { Predicate = check => check.Tags.Contains(HealthTags.Serving), ResponseWriter = WriteAsync }
            )
            .DisableHttpMetrics()
            .ForOperators();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).DisableHttpMetrics().ForOperators();
    }

    private static async Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.Body);
        json.WriteStartObject();
        json.WriteString("status", Name(report.Status));
        json.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries)
        {
            json.WriteStartObject(name);
            json.WriteString("status", Name(entry.Status));
            json.WriteNumber("latency_ms", Math.Round(entry.Duration.TotalMilliseconds, 1));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }

    private static string Name(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => "healthy",
            HealthStatus.Degraded => "degraded",
            _ => "unhealthy",
        };

    private sealed class DrainingCheck(Draining draining) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(draining.IsUnderWay ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy());
    }

    private sealed class DatabaseCheck(ModuleDatabase database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
    }
}
