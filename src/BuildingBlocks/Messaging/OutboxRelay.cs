using System.Diagnostics;
using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>
/// Delivers the events of one module's outbox to the handlers in this process. Several processes on one database share the work: each
/// claims what it delivers for a while, and what a dead process had claimed comes up again. A row goes once every handler has committed.
/// </summary>
internal sealed class OutboxRelay<TDatabase>(TDatabase database, IEnumerable<EventSubscription> subscriptions, TimeProvider clock, ILogger<OutboxRelay<TDatabase>> logger)
    : BackgroundService
    where TDatabase : ModuleDatabase
{
    private const int BatchSize = 50;
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly ILookup<string, EventSubscription> _subscriptions = subscriptions.ToLookup(subscription => subscription.EventName);
    private readonly SemaphoreSlim _committed = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        database.EventsCommitted += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (await DeliverBatchAsync(stoppingToken) < BatchSize)
                    await _committed.WaitAsync(PollInterval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is not delivered waits in the table.
        }
        finally
        {
            database.EventsCommitted -= Wake;
        }
    }

    public override void Dispose()
    {
        _committed.Dispose();
        base.Dispose();
    }

    private void Wake()
    {
        try
        {
            _committed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake.
        }
    }

    private async Task<int> DeliverBatchAsync(CancellationToken cancellation)
    {
        try
        {
            var claimed = await ClaimAsync(cancellation);
            foreach (var row in claimed)
                await DeliverAsync(row, cancellation);
            return claimed.Count;
        }
        catch (Exception e) when (DatabaseFailure.IsUnavailable(e) || DatabaseFailure.IsDeadlock(e))
        {
            logger.LogWarning("The outbox of {Module} is out of reach ({Reason}); trying again", database.Module, e.Message);
            return 0;
        }
    }

    private async Task<List<OutboxRow>> ClaimAsync(CancellationToken cancellation)
    {
        var now = clock.Now();
        await using var work = await database.BeginAsync(cancellation);
        var rows = await work.ReadAllAsync<OutboxRow>(
            work.Sql(
                sqlite: "select id, event_id, name, body, trace_parent, attempts from outbox where next_attempt_at <= @Now order by next_attempt_at, id limit @BatchSize",
                mySql: "select id, event_id, name, body, trace_parent, attempts from outbox where next_attempt_at <= @Now order by next_attempt_at, id limit @BatchSize for update skip locked"),
            new { Now = now, BatchSize },
            cancellation);
        if (rows.Count > 0)
        {
            await work.ExecuteAsync(
                "update outbox set attempts = attempts + 1, next_attempt_at = @Until where id in @Ids",
                new { Until = now + Claim, Ids = rows.ConvertAll(row => row.Id) },
                cancellation);
            await work.CommitAsync();
        }

        return rows;
    }

    private async Task DeliverAsync(OutboxRow row, CancellationToken cancellation)
    {
        using var activity = new Activity("deliver " + row.Name);
        if (row.TraceParent is not null)
            activity.SetParentId(row.TraceParent);
        activity.Start();
        try
        {
            foreach (var subscription in _subscriptions[row.Name])
                await subscription.DeliverAsync(Guid.Parse(row.EventId), row.Body, cancellation);
            await using var session = await database.OpenAsync(cancellation);
            await session.ExecuteAsync("delete from outbox where id = @Id", new { row.Id }, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One event that cannot take effect must not hold up the others. Its claim runs out by itself should this update fail too.
            var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, row.Attempts), LongestPause.TotalSeconds));
            logger.LogWarning(e, "The event {EventName} {EventId} was not delivered at attempt {Attempt}; trying again in {Pause}", row.Name, row.EventId, row.Attempts + 1, pause);
            await using var session = await database.OpenAsync(cancellation);
            await session.ExecuteAsync("update outbox set next_attempt_at = @Next where id = @Id", new { Next = clock.Now() + pause, row.Id }, cancellation);
        }
    }

    private sealed record OutboxRow
    {
        public long Id { get; init; }
        public string EventId { get; init; } = "";
        public string Name { get; init; } = "";
        public string Body { get; init; } = "";
        public string? TraceParent { get; init; }
        public int Attempts { get; init; }
    }
}
