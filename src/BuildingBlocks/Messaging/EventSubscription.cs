using System.Text.Json;
using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>One handler of one event in this process.</summary>
internal sealed class EventSubscription
{
    // The size of the column; the rest of a longer message helps nobody.
    private const int MaxError = 2_000;

    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Func<Envelope, UnitOfWork, CancellationToken, Task> _handle;

    private EventSubscription(
        string eventName,
        string handler,
        ModuleDatabase database,
        TimeProvider clock,
        ILogger logger,
        Func<Envelope, UnitOfWork, CancellationToken, Task> handle
    )
    {
        EventName = eventName;
        Handler = handler;
        Database = database;
        _clock = clock;
        _logger = logger;
        _handle = handle;
    }

    /// <summary>The event's name.</summary>
    public string EventName { get; }

    /// <summary>The handler's name, by which the inbox distinguishes it from other handlers of the same event.</summary>
    public string Handler { get; }

    /// <summary>The database of the handler's module.</summary>
    public ModuleDatabase Database { get; }

    public static EventSubscription Of<TDatabase, TEvent, THandler>(IServiceProvider services)
        where TDatabase : ModuleDatabase
        where TEvent : IEvent
        where THandler : class, IEventHandler<TEvent>
    {
        var handler = services.GetRequiredService<THandler>();
        return new EventSubscription(
            TEvent.Name,
            typeof(THandler).Name,
            services.GetRequiredService<TDatabase>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<THandler>>(),
            (envelope, work, cancellationToken) =>
            {
                var message =
                    JsonSerializer.Deserialize<TEvent>(envelope.Body, EventJson.Options)
                    ?? throw new JsonException($"The event {envelope.EventId} has no body.");
                return handler.HandleAsync(message, work, cancellationToken);
            }
        );
    }

    /// <summary>Lets an event take effect, and only once however often this is called.</summary>
    public async Task DeliverAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        try
        {
            await TryDeliverAsync([(this, envelope)], cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            MessagingMetrics.Failed(Handler);
            throw;
        }
    }

    /// <summary>
    /// Lets events take effect in one transaction, since most of what an event costs is its transaction.
    /// </summary>
    /// <param name="deliveries">Events, each with a handler of one module.</param>
    /// <param name="cancellationToken">Cancelled when the process stops.</param>
    /// <returns>False if a handler had received its event before. Then none of the others has taken effect.</returns>
    public static async Task<bool> TryDeliverAsync(
        IReadOnlyCollection<(EventSubscription Subscription, Envelope Envelope)> deliveries,
        CancellationToken cancellationToken
    )
    {
        var (database, clock) = (deliveries.First().Subscription.Database, deliveries.First().Subscription._clock);
        await using (var work = await database.BeginAsync(cancellationToken))
        {
            var received = deliveries.Select(one => (one.Envelope.EventId, one.Subscription.Handler)).ToList();
            if (!await work.TryReceiveEventsAsync(received, clock.Now(), cancellationToken))
                return false;

            foreach (var (subscription, envelope) in deliveries)
            {
                using var trace = envelope.Continue();
                await subscription._handle(envelope, work, cancellationToken);
            }

            await work.CommitAsync();
        }

        foreach (var (subscription, envelope) in deliveries)
            subscription.ReportDelivered(envelope);
        return true;
    }

    /// <summary>
    /// Lets an event take effect, or parks it if it has failed too often. While another attempt may follow, the failure is thrown.
    /// </summary>
    /// <param name="envelope">The event.</param>
    /// <param name="attempt">The number of this attempt, from 1.</param>
    /// <param name="logger">The logger that reports a parked event.</param>
    /// <param name="cancellationToken">Cancelled when the process stops.</param>
    public async Task DeliverOrParkAsync(Envelope envelope, int attempt, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await DeliverAsync(envelope, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException && Retries.IsExhausted(attempt, e))
        {
            logger.LogError(
                e,
                "The event {EventName} {EventId} is parked after {Attempts} attempts",
                envelope.Name,
                envelope.EventId,
                attempt
            );
            await ParkAsync(envelope, attempt, e, cancellationToken);
        }
    }

    private void ReportDelivered(Envelope envelope)
    {
        using var trace = envelope.Continue();
        _logger.LogDebug("The event {EventName} {EventId} took effect in {Handler}", envelope.Name, envelope.EventId, Handler);
        MessagingMetrics.Delivered(Handler, _clock.GetUtcNow() - envelope.CreatedAt);
    }

    private async Task ParkAsync(Envelope envelope, int attempts, Exception failure, CancellationToken cancellationToken)
    {
        var error = failure.GetBaseException();
        var text = $"{error.GetType().Name}: {error.Message}";
        await using var session = await Database.OpenAsync(cancellationToken);
        await session.ParkEventAsync(
            new ParkedEvent
            {
                EventId = envelope.EventId,
                Handler = Handler,
                Name = envelope.Name,
                Body = envelope.Body,
                TraceParent = envelope.TraceParent,
                CreatedAt = envelope.CreatedAt,
                Attempts = attempts,
                Error = text.Length <= MaxError ? text : text[..MaxError],
                ParkedAt = _clock.Now(),
            },
            cancellationToken
        );
        MessagingMetrics.Parked(Handler);
    }
}
