using System.Collections.Concurrent;
using Kumiko.BuildingBlocks.Background;
using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>
/// Hands the events of one module's outbox over to the transport. Several processes on one database share the work: each claims, for a
/// limited time, the events that it sends, and the claims of a crashed process become available again. Sent events are kept
/// for a week, in case the route changes.
/// </summary>
internal sealed class OutboxRelay<TDatabase>(
    TDatabase database,
    IEventTransport transport,
    TimeProvider clock,
    ILogger<OutboxRelay<TDatabase>> logger
) : WakeableService(database.EventsCommitted, PollInterval, new Outage($"Sending the events of {database.Module}", logger, IsTransient))
    where TDatabase : ModuleDatabase
{
    private const int BatchSize = 100;

    // Far below what a broker accepts as one message, however the characters are escaped. A longer event is sent alone.
    private const int MaxLength = 100_000;

    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RouteInterval = TimeSpan.FromSeconds(15);

    private string _route = "";
    private DateTimeOffset _routeKnownUntil;

    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await FindRouteAsync(cancellationToken);
        var claimed = await ClaimAsync(cancellationToken);
        if (claimed.Count > 0)
            await SendAsync(claimed, cancellationToken);
        return claimed.Count == BatchSize;
    }

    // A new event is tried at once even if the one before it could not be sent.
    protected override Task WaitToRetryAsync(CancellationToken cancellationToken) => WaitForWorkAsync(cancellationToken);

    private static bool IsTransient(Exception failure) => failure is TransportUnavailableException || Retries.IsTransient(failure);

    // Sends events again that left by another route and were never confirmed. An inbox recognises the events that it has received.
    private async Task FindRouteAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (now < _routeKnownUntil)
            return;

        _route = await transport.RouteAsync(cancellationToken);
        await using (var session = await database.OpenAsync(cancellationToken))
        {
            var others = await session.ReadOtherRoutesAsync(_route, InProcessTransport.Route, cancellationToken);
            if (others.Count > 0)
            {
                var again = await session.RequeueEventsAsync(others, now, cancellationToken);
                logger.LogInformation(
                    "{Count} events of {Module} that were sent another way are sent again by {Route}",
                    again,
                    database.Module,
                    _route
                );
            }
        }

        _routeKnownUntil = now + RouteInterval;
    }

    private async Task<List<OutboxRow>> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        // Usually there is nothing to do, so look before beginning a transaction.
        await using (var session = await database.OpenAsync(cancellationToken))
        {
            if (!await session.HasDueEventsAsync(now, cancellationToken))
                return [];
        }

        await using var work = await database.BeginAsync(cancellationToken);
        var claimed = await work.ClaimEventsAsync(BatchSize, now, until: now + Claim, cancellationToken);
        if (claimed.Count > 0)
            await work.CommitAsync();
        return claimed;
    }

    private async Task SendAsync(List<OutboxRow> claimed, CancellationToken cancellationToken)
    {
        var sent = new ConcurrentBag<long>();
        var failed = new ConcurrentDictionary<OutboxRow, Exception>();
        try
        {
            await Parallel.ForEachAsync(
                Together(claimed),
                new ParallelOptions { MaxDegreeOfParallelism = transport.Concurrency, CancellationToken = cancellationToken },
                async (events, token) =>
                {
                    try
                    {
                        await transport.SendAsync(events, token);
                        foreach (var row in events)
                            sent.Add(row.Id);
                        MessagingMetrics.Published(events[0].Name, events.Count);
                    }
                    catch (Exception e) when (e is not OperationCanceledException)
                    {
                        // An event that cannot take effect must not hold up the others.
                        foreach (var row in events)
                            failed[row] = e;
                    }
                }
            );
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            using var timeout = new CancellationTokenSource(ReleaseTimeout);
            await ReleaseAsync([.. claimed.Where(row => !sent.Contains(row.Id))], sent, timeout.Token);
            throw;
        }

        var now = clock.Now();
        await using var session = await database.OpenAsync(cancellationToken);
        await MarkSentAsync(session, sent, now, cancellationToken);
        foreach (var (row, failure) in failed.Where(one => !IsTransient(one.Value)))
            await PostponeAsync(session, row, failure, now, cancellationToken);
        var passing = failed.Where(one => IsTransient(one.Value)).ToList();
        if (passing.Count == 0)
            return;

        await session.ReleaseEventsAsync(
            passing.ConvertAll(one => one.Key.Id),
            claimed[0].ClaimedUntil,
            dueAt: now + PollInterval,
            cancellationToken
        );
        throw passing[0].Value;
    }

    /// <summary>The events that are sent together: they have one name, and are neither too many nor too long.</summary>
    private IEnumerable<List<OutboxRow>> Together(List<OutboxRow> claimed)
    {
        foreach (var ofName in claimed.GroupBy(row => row.Name))
        {
            var (events, length) = (new List<OutboxRow>(), 0);
            foreach (var row in ofName)
            {
                if (events.Count == transport.MaxEvents || (events.Count > 0 && length + row.Body.Length > MaxLength))
                {
                    yield return events;
                    (events, length) = ([], 0);
                }

                events.Add(row);
                length += row.Body.Length;
            }

            yield return events;
        }
    }

    // The process is stopping: release its claims, so that others need not wait until they expire.
    private async Task ReleaseAsync(List<OutboxRow> unsent, ConcurrentBag<long> sent, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await using var session = await database.OpenAsync(cancellationToken);
        await MarkSentAsync(session, sent, now, cancellationToken);
        if (unsent.Count == 0)
            return;

        await session.ReleaseEventsAsync(unsent.ConvertAll(row => row.Id), unsent[0].ClaimedUntil, now, cancellationToken);
    }

    private async Task MarkSentAsync(
        DatabaseSession session,
        ConcurrentBag<long> sent,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (!sent.IsEmpty)
            await session.MarkEventsSentAsync(sent, _route, now, cancellationToken);
    }

    // If this fails too, the claim expires by itself.
    private async Task PostponeAsync(
        DatabaseSession session,
        OutboxRow row,
        Exception failure,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var attempts = row.Attempts + 1;
        var pause = Retries.Pause(attempts);
        using var trace = row.Continue();
        logger.LogWarning(
            failure,
            "The event {EventName} {EventId} was not delivered at attempt {Attempt}; trying again in {Pause}",
            row.Name,
            row.EventId,
            attempts,
            pause
        );
        await session.PostponeEventAsync(row.Id, attempts, now + pause, cancellationToken);
    }
}
