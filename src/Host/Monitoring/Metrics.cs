using Kumiko.BuildingBlocks.Observability;
using Kumiko.Infrastructure.Monitoring;
using OpenTelemetry.Metrics;

namespace Kumiko.Host.Monitoring;

/// <summary>Registers the metrics that the process exposes to Prometheus.</summary>
internal static class Metrics
{
    // From a read on SQLite (half a millisecond) to a request that no client waits for any more.
    private static readonly double[] RequestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>
    /// Collects metrics of requests, SQL, events, connection pools, the runtime and the process. It keeps only those that
    /// <c>docs/operations.md</c> asks for: every other instrument or label would cost time at each request or scrape.
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
                    // A path without a route gets no label, and an unknown method counts as _OTHER, so that clients cannot create labels.
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
        return services.AddDatabaseMonitor();
    }

    /// <summary>Serves <c>/metrics</c> in Prometheus' text format.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapPrometheusScrapingEndpoint().DisableHttpMetrics();
}
