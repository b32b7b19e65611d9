using Kumiko.BuildingBlocks.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Kumiko.BuildingBlocks.Observability;

/// <summary>What the process shows of itself to Prometheus.</summary>
public static class ObservabilityServices
{
    // From a read on SQLite (half a millisecond) to a request that nobody waits for any more.
    private static readonly double[] RequestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>
    /// Collects requests, SQL time, events, pools, the runtime and the process. Only what is asked for in <c>docs/operations.md</c> is kept:
    /// every other instrument and label is left out, as it would be paid for at each request or scrape.
    /// </summary>
    public static IServiceCollection AddObservability(this IServiceCollection services)
    {
        services
            .AddOpenTelemetry()
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(
                        Metering.MeterName,
                        "Microsoft.AspNetCore.Hosting",
                        "Microsoft.AspNetCore.Server.Kestrel",
                        "MySqlConnector",
                        "System.Runtime"
                    )
                    // A path that is no route has no label, and a method that is none counts as _OTHER, whatever a client makes up.
                    .AddView(
                        "http.server.request.duration",
                        new ExplicitBucketHistogramConfiguration
                        {
                            Boundaries = RequestBuckets,
                            TagKeys = ["http.route", "http.request.method", "http.response.status_code"],
                        }
                    )
                    .AddView("http.server.active_requests", new MetricStreamConfiguration { TagKeys = [] })
                    .AddView("kestrel.active_connections", new MetricStreamConfiguration { TagKeys = [] })
                    .AddView("kestrel.rejected_connections", new MetricStreamConfiguration { TagKeys = [] })
                    .AddView("kestrel.*", MetricStreamConfiguration.Drop)
                    .AddView("db.client.connections.create_time", MetricStreamConfiguration.Drop)
                    .AddView("db.client.connections.use_time", MetricStreamConfiguration.Drop)
                    .AddPrometheusExporter(exporter =>
                    {
                        exporter.ScopeInfoEnabled = false;
                        exporter.TargetInfoEnabled = false;
                    })
            );
        return services.AddHostedService<DatabaseWatch>();
    }

    /// <summary>Answers <c>/metrics</c> in Prometheus' text format.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapPrometheusScrapingEndpoint().DisableHttpMetrics();

    /// <summary>Shows how many rows stand in a table of the module, where they wait for something; 10,000 stands for any more.</summary>
    /// <param name="services">The process' services.</param>
    /// <param name="count">A query that counts them, <c>@Most</c> at the most.</param>
    /// <param name="gauge">The gauge's name. Modules that have the same table share it.</param>
    /// <param name="description">What the rows are, for people.</param>
    public static IServiceCollection WatchTable<TDatabase>(this IServiceCollection services, string count, string gauge, string description)
        where TDatabase : ModuleDatabase =>
        services.AddSingleton(provider => new WatchedTable(provider.GetRequiredService<TDatabase>(), count, gauge, description));

    /// <summary>Shows how many events wait in the <c>outbox</c> table of the module, and for how long.</summary>
    internal static IServiceCollection WatchOutbox<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase => services.AddSingleton(provider => new WatchedOutbox(provider.GetRequiredService<TDatabase>()));

    /// <summary>Shows how many events stand in the <c>parked_events</c> table of the module.</summary>
    internal static IServiceCollection WatchParkedEvents<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase =>
        services.WatchTable<TDatabase>(
            "select count(*) from (select 1 from parked_events limit @Most) as counted",
            "kumiko.parked.events",
            "Events that failed too often and wait for an operator (10,000 stands for any more)."
        );
}
