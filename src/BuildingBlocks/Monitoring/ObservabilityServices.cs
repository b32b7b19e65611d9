using Kumiko.BuildingBlocks.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Kumiko.BuildingBlocks.Monitoring;

/// <summary>What the process shows of itself to Prometheus.</summary>
public static class ObservabilityServices
{
    // From a read on SQLite (half a millisecond) to a request that nobody waits for any more.
    private static readonly double[] RequestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>
    /// Collects requests, SQL time, events, pools, the runtime and the process. Only what is asked for in <c>docs/operations.md</c> is
    /// kept:
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
        return services.AddHostedService<DatabaseMonitor>();
    }

    /// <summary>Answers <c>/metrics</c> in Prometheus' text format.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapPrometheusScrapingEndpoint().DisableHttpMetrics();
}
