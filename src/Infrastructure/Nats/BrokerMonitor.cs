using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using Kumiko.BuildingBlocks.Background;
using Kumiko.BuildingBlocks.Observability;
using NATS.Client.JetStream.Models;

namespace Kumiko.Infrastructure.Nats;

/// <summary>
/// Polls every few seconds what the broker holds and how its server is doing. NATS reports that as JSON, which Prometheus cannot read, so
/// each process that is connected to the broker reports the same figures.
/// </summary>
internal sealed class BrokerMonitor : PeriodicService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(3);

    private readonly Broker _broker;
    private readonly HttpClient? _server;
    private volatile BrokerServer? _figures;
    private volatile StreamState? _stream;
    private volatile IReadOnlyList<ConsumerInfo> _consumers = [];

    public BrokerMonitor(Broker broker, BrokerSettings settings, IMeterFactory meters, TimeProvider clock)
        : base(Interval, clock, startsAtOnce: true)
    {
        _broker = broker;
        if (settings.Monitoring is not null)
            _server = new HttpClient { BaseAddress = settings.Monitoring, Timeout = MaxWait };
        var meter = meters.Create(Metering.MeterName);
        meter.CreateObservableGauge(
            "kumiko.broker.up",
            () => broker.IsConnected ? 1 : 0,
            description: "1 while this process is connected to the broker."
        );
        ObserveStream(meter);
        ObserveConsumers(meter);
        ObserveServer(meter);
    }

    public override void Dispose()
    {
        _server?.Dispose();
        base.Dispose();
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(LookAsync(cancellationToken), LookAtServerAsync(cancellationToken));

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var stream = await _broker.OpenStreamAsync(cancellationToken);
            var consumers = new List<ConsumerInfo>();
            await foreach (var consumer in stream.ListConsumersAsync(cancellationToken))
                consumers.Add(consumer.Info);
            (_stream, _consumers) = (
                stream.Info.State,
                [.. consumers.GroupBy(info => NatsConsumers.ModuleOf(info.Name)).Select(NewestConsumer)]
            );
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The broker is unreachable, however that shows: drop stale figures and keep polling.
            (_stream, _consumers) = (null, []);
        }
    }

    // A module whose set of events has changed leaves its old consumer behind, and nobody reads the events that wait there.
    private static ConsumerInfo NewestConsumer(IEnumerable<ConsumerInfo> ofModule) =>
        ofModule.OrderByDescending(info => info.NumWaiting > 0).ThenByDescending(info => info.Created).First();

    private async Task LookAtServerAsync(CancellationToken cancellationToken)
    {
        if (_server is null)
            return;

        try
        {
            _figures = await _server.GetFromJsonAsync<BrokerServer>("/varz", BrokerServer.Json, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            _figures = null;
        }
    }

    private void ObserveStream(Meter meter)
    {
        meter.CreateObservableGauge(
            "kumiko.broker.stream.messages",
            () => OfStream(state => (long)state.Messages),
            description: "Messages that the broker stores; events that come fast share one."
        );
        meter.CreateObservableGauge(
            "kumiko.broker.stream.size",
            () => OfStream(state => state.Bytes),
            "By",
            "Disk space that the stored events take at the broker."
        );
    }

    private void ObserveConsumers(Meter meter)
    {
        meter.CreateObservableGauge(
            "kumiko.broker.consumer.waiting",
            () => OfConsumers(info => (long)info.NumPending),
            description: "Messages with events that were not sent to the module yet."
        );
        meter.CreateObservableGauge(
            "kumiko.broker.consumer.unacknowledged",
            () => OfConsumers(info => info.NumAckPending),
            description: "Messages with events that were sent to the module and are not acknowledged yet."
        );
        meter.CreateObservableGauge(
            "kumiko.broker.consumer.redelivered",
            () => OfConsumers(info => info.NumRedelivered),
            description: "Messages among the unacknowledged that were sent more than once."
        );
    }

    private void ObserveServer(Meter meter)
    {
        meter.CreateObservableGauge(
            "kumiko.broker.server.memory",
            () => OfServer(server => server.Mem),
            "By",
            "Memory of the broker's process."
        );
        meter.CreateObservableGauge(
            "kumiko.broker.server.processors",
            () => OfServer(server => server.Cpu / 100),
            description: "Processors that the broker keeps busy."
        );
        meter.CreateObservableGauge(
            "kumiko.broker.server.connections",
            () => OfServer(server => server.Connections),
            description: "Clients that are connected to the broker."
        );
        meter.CreateObservableGauge(
            "kumiko.broker.server.slow_consumers",
            () => OfServer(server => server.SlowConsumers),
            description: "Clients that the broker has disconnected since its start because they read too slowly."
        );
        meter.CreateObservableGauge(
            "kumiko.broker.disk.used",
            () => OfServer(server => server.Jetstream.Stats.Storage),
            "By",
            "Disk space that the broker uses in all."
        );
        meter.CreateObservableGauge(
            "kumiko.broker.disk.limit",
            () => OfServer(server => server.Jetstream.Config.MaxStorage),
            "By",
            "Disk space that the broker may use."
        );
    }

    private IEnumerable<Measurement<double>> OfServer(Func<BrokerServer, double> figure) =>
        _figures is { } server ? [new Measurement<double>(figure(server))] : [];

    private IEnumerable<Measurement<long>> OfStream(Func<StreamState, long> figure) =>
        _stream is { } state ? [new Measurement<long>(figure(state))] : [];

    private IEnumerable<Measurement<long>> OfConsumers(Func<ConsumerInfo, long> figure) =>
        _consumers.Select(info => new Measurement<long>(figure(info), new KeyValuePair<string, object?>("consumer", info.Name)));
}
