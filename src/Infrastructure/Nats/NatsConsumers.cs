using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kumiko.BuildingBlocks.Background;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace Kumiko.Infrastructure.Nats;

/// <summary>
/// Calls the handlers of the modules in this process for events from the broker. Each module has one durable consumer, which all of its
/// instances share. An event is acknowledged once its effect is committed.
/// </summary>
internal sealed class NatsConsumers(
    Broker broker,
    EventBacklog backlog,
    IEnumerable<EventSubscription> subscriptions,
    TimeProvider clock,
    ILogger<NatsConsumers> logger
) : BackgroundService
{
    private const int Concurrency = 4;

    // Events that a process has fetched but not acknowledged, because it crashed, go to another process after this time.
    private static readonly TimeSpan AckWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PassingPause = TimeSpan.FromSeconds(2);

    // While it stops, a process still reads the events that are on their way to it, in order to release them.
    private static readonly TimeSpan ReleaseTime = TimeSpan.FromMilliseconds(500);

    // The broker counts deliveries, including those during an outage of the database. This counts only failures of the event itself.
    private readonly ConcurrentDictionary<string, int> _failures = new();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            subscriptions
                .GroupBy(subscription => subscription.Database)
                .Select(module => ConsumeAsync(module.Key, [.. module], stoppingToken))
        );

    private async Task ConsumeAsync(ModuleDatabase database, IReadOnlyList<EventSubscription> own, CancellationToken cancellationToken)
    {
        using var reading = new CancellationTokenSource();
        await using var end = cancellationToken.Register(() => reading.CancelAfter(ReleaseTime));
        // The broker is unreachable, or it has lost the stream: start again until it works.
        var outage = new Outage($"Receiving the events for {database.Module}", logger, passes: _ => true);
        while (true)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            INatsJSConsumer? consumer = null;
            await outage.TryAsync(
                async token =>
                {
                    var stream = await broker.OpenStreamAsync(token);
                    consumer = await stream.CreateOrUpdateConsumerAsync(Configuration(database.Module, own), token);
                    _ = backlog.WatchAsync(database.Module, stream, consumer, round.Token);
                },
                cancellationToken
            );
            if (consumer is not null)
                await outage.TryAsync(token => ReadAsync(consumer, own, reading, token), cancellationToken);
            await round.CancelAsync();
            await Task.Delay(ReconnectPause, clock, cancellationToken);
        }
    }

    private Task ReadAsync(
        INatsJSConsumer consumer,
        IReadOnlyList<EventSubscription> own,
        CancellationTokenSource reading,
        CancellationToken cancellationToken
    ) =>
        Parallel.ForEachAsync(
            consumer.ConsumeAsync<string>(
                opts: new NatsJSConsumeOpts
                {
                    MaxMsgs = Concurrency * 4,
                    Expires = TimeSpan.FromSeconds(10),
                    IdleHeartbeat = TimeSpan.FromSeconds(3),
                    MaxConsecutive503Errors = 2,
                },
                cancellationToken: reading.Token
            ),
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = reading.Token },
            async (message, token) =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, token);
                try
                {
                    either.Token.ThrowIfCancellationRequested();
                    await HandleAsync(message, own, either.Token);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    // The process is stopping: release the event, so that others need not wait for it.
                    await ReleaseAsync(message);
                }
            }
        );

    private static ConsumerConfig Configuration(string module, IReadOnlyList<EventSubscription> own)
    {
        var events = own.Select(subscription => subscription.EventName).ToList();
        return Configuration(NameOf(module, events), Subjects(events));
    }

    /// <summary>
    /// The name of the consumer by which a module reads events. When a consumer's filter grows, it doesn't receive the events that it has
    /// already passed over. Each set of events therefore has a consumer of its own, which begins at the oldest event that is kept. The
    /// inbox recognises events that the previous consumer delivered; the broker deletes that consumer once nobody uses it.
    /// </summary>
    internal static string NameOf(string module, IEnumerable<string> events) =>
        $"{module}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', Subjects(events)))))[..8]}";

    private static string[] Subjects(IEnumerable<string> events) =>
        [.. events.Select(name => Broker.SubjectPrefix + name).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The module of a consumer, read from its name.</summary>
    public static string ModuleOf(string consumer) => consumer.LastIndexOf('-') is var end and > 0 ? consumer[..end] : consumer;

    private static ConsumerConfig Configuration(string name, string[] subjects) =>
        new(name)
        {
            DurableName = name,
            InactiveThreshold = MessagingServices.OutboxAge,
            AckPolicy = ConsumerConfigAckPolicy.Explicit,
            AckWait = AckWait,
            DeliverPolicy = ConsumerConfigDeliverPolicy.All,
            FilterSubjects = subjects,
            MaxAckPending = 1_000,
            // The broker must never give up: an event that fails too often is parked, where an operator sees it.
            MaxDeliver = -1,
        };

    // Delay redelivery until this process has stopped consuming. An unreachable broker receives nothing, so don't wait for it.
    private static async Task ReleaseAsync(INatsJSMsg<string> message)
    {
        using var timeout = new CancellationTokenSource(2 * ReleaseTime);
        await message.NakAsync(delay: 2 * ReleaseTime, cancellationToken: timeout.Token);
    }

    private async Task HandleAsync(INatsJSMsg<string> message, IReadOnlyList<EventSubscription> own, CancellationToken cancellationToken)
    {
        var name = message.Subject[Broker.SubjectPrefix.Length..];
        var handlers = own.Where(subscription => subscription.EventName == name).ToList();
        // If there is none, another instance of the module, with a newer version, subscribed to this event.
        var pause = PassingPause;
        try
        {
            if (handlers.Count > 0)
                pause = await HandleAsync(EventsOf(message, name), handlers, cancellationToken);
        }
        catch (Exception e) when (Retries.IsTransient(e))
        {
            // What did not take effect waits for the database.
        }

        if (pause > TimeSpan.Zero)
            await message.NakAsync(delay: pause, cancellationToken: cancellationToken);
        else
            await message.AckAsync(cancellationToken: cancellationToken);
    }

    /// <summary>Lets events of one name take effect.</summary>
    /// <returns>The time after which to try again those that did not; zero if all did.</returns>
    private async Task<TimeSpan> HandleAsync(
        List<Envelope> events,
        IReadOnlyList<EventSubscription> handlers,
        CancellationToken cancellationToken
    )
    {
        // Not if one of them failed before: all would fail with it.
        if (!events.Exists(one => _failures.ContainsKey(one.EventId)) && await TryTogetherAsync(events, handlers, cancellationToken))
            return TimeSpan.Zero;

        var longest = TimeSpan.Zero;
        foreach (var envelope in events)
        {
            var pause = await HandleAloneAsync(envelope, handlers, cancellationToken);
            longest = pause > longest ? pause : longest;
        }

        return longest;
    }

    // If this fails, each is tried alone, so that an event that cannot take effect doesn't hold up the others.
    private async Task<bool> TryTogetherAsync(
        List<Envelope> events,
        IReadOnlyList<EventSubscription> handlers,
        CancellationToken cancellationToken
    )
    {
        if (events.Count == 1)
            return false;

        try
        {
            var deliveries = events.SelectMany(envelope => handlers.Select(handler => (handler, envelope))).ToList();
            return await EventSubscription.TryDeliverAsync(deliveries, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException && (!Retries.IsTransient(e) || DatabaseFailure.IsDeadlock(e)))
        {
            logger.LogDebug(e, "{Count} events did not take effect together; trying each alone", events.Count);
            return false;
        }
    }

    private async Task<TimeSpan> HandleAloneAsync(
        Envelope envelope,
        IReadOnlyList<EventSubscription> handlers,
        CancellationToken cancellationToken
    )
    {
        using var trace = envelope.Continue();
        var attempt = _failures.GetValueOrDefault(envelope.EventId) + 1;
        try
        {
            foreach (var subscription in handlers)
                await subscription.DeliverOrParkAsync(envelope, attempt, logger, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException && !Retries.IsTransient(e))
        {
            return Failed(envelope, attempt, e);
        }

        _failures.TryRemove(envelope.EventId, out _);
        return TimeSpan.Zero;
    }

    private TimeSpan Failed(Envelope envelope, int attempt, Exception failure)
    {
        _failures[envelope.EventId] = attempt;
        var pause = Retries.Pause(attempt);
        logger.LogWarning(
            failure,
            "The event {EventName} {EventId} was not delivered at attempt {Attempt}; trying again in {Pause}",
            envelope.Name,
            envelope.EventId,
            attempt,
            pause
        );
        return pause;
    }

    // A message that nobody can read becomes an event that no handler can read, so that it is parked.
    private static List<Envelope> EventsOf(INatsJSMsg<string> message, string name)
    {
        var text = message.Data ?? "";
        try
        {
            return EventPack.Read(name, text);
        }
        catch (JsonException)
        {
            var unread = new Envelope
            {
                EventId = $"{message.Metadata?.Sequence.Stream}",
                Name = name,
                Body = text,
                CreatedAt = message.Metadata?.Timestamp ?? default,
            };
            return [unread];
        }
    }
}
