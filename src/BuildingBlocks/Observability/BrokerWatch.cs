using System.Diagnostics.Metrics;
using Kumiko.BuildingBlocks.Messaging.Nats;
using Microsoft.Extensions.Hosting;
using NATS.Client.JetStream.Models;

namespace Kumiko.BuildingBlocks.Observability;

/// <summary>
/// Looks every few seconds what the broker holds. NATS itself has no address that Prometheus could scrape, so each process that is
/// connected to it shows the same figures.
/// </summary>
internal sealed class BrokerWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Broker _broker;
    private readonly TimeProvider _clock;
    private volatile StreamState? _stream;
    private volatile IReadOnlyList<ConsumerInfo> _consumers = [];

    public BrokerWatch(Broker broker, IMeterFactory meters, TimeProvider clock)
    {
        (_broker, _clock) = (broker, clock);
        var meter = meters.Create(Metering.MeterName);
        meter.CreateObservableGauge("kumiko.broker.up", () => broker.IsConnected ? 1 : 0, description: "1 while this process is connected to the broker.");
        meter.CreateObservableGauge("kumiko.broker.stream.messages", () => OfStream(state => (long)state.Messages), description: "Events that the broker keeps.");
        meter.CreateObservableGauge("kumiko.broker.stream.size", () => OfStream(state => state.Bytes), "By", "What the events that the broker keeps take on its disk.");
        meter.CreateObservableGauge("kumiko.broker.consumer.waiting", () => OfConsumers(info => (long)info.NumPending), description: "Events that were not sent to the module yet.");
        meter.CreateObservableGauge("kumiko.broker.consumer.unacknowledged", () => OfConsumers(info => info.NumAckPending), description: "Events that were sent to the module and are not acknowledged yet.");
        meter.CreateObservableGauge("kumiko.broker.consumer.redelivered", () => OfConsumers(info => info.NumRedelivered), description: "Events among the unacknowledged that were sent more than once.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            do
                await LookAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            var stream = await _broker.OpenStreamAsync(cancellation);
            var consumers = new List<ConsumerInfo>();
            await foreach (var consumer in stream.ListConsumersAsync(cancellation))
                consumers.Add(consumer.Info);
            (_stream, _consumers) = (stream.Info.State, consumers);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // Away, however it shows: what it holds is not known, and nothing stops because a watcher could not look.
            (_stream, _consumers) = (null, []);
        }
    }

    private IEnumerable<Measurement<long>> OfStream(Func<StreamState, long> figure) =>
        _stream is { } state ? [new Measurement<long>(figure(state))] : [];

    private IEnumerable<Measurement<long>> OfConsumers(Func<ConsumerInfo, long> figure) =>
        _consumers.Select(info => new Measurement<long>(figure(info), new KeyValuePair<string, object?>("consumer", info.Name)));
}
