using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Kumiko.BuildingBlocks.Background;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Observability;

namespace Kumiko.Infrastructure.Monitoring;

/// <summary>
/// Polls every few seconds whether the databases of this process respond and what waits in their tables. A scrape shows the last result and
/// queries nothing itself, so that neither many scrapers nor a database that hangs cost anything.
/// </summary>
internal sealed class DatabaseMonitor : PeriodicService
{
    // Counting more rows would cost more the further behind the relay is. From this number on, the value says 'far too many' in any case.
    private const int CountedRows = 10_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<View> _views;

    public DatabaseMonitor(
        IEnumerable<ModuleDatabase> databases,
        IEnumerable<MonitoredOutbox> outboxes,
        IEnumerable<MonitoredTable> tables,
        IEnumerable<EventSubscription> subscriptions,
        IMeterFactory meters,
        TimeProvider clock
    )
        : base(Interval, clock, startsAtOnce: true)
    {
        _clock = clock;
        // A table is registered once for every event that its module receives.
        var ofDatabase = tables.Distinct().ToLookup(table => table.Database);
        _views =
        [
            .. databases.Select(database => new View(
                database,
                outboxes.Any(outbox => outbox.Database == database),
                [.. ofDatabase[database]]
            )),
        ];
        foreach (var subscription in subscriptions)
            MessagingMetrics.Expect(subscription.Handler);

        var meter = meters.Create(Metering.MeterName);
        meter.CreateObservableGauge(
            "kumiko.database.up",
            () => Show(view => view.IsUp),
            description: "1 if the module's database answered when last asked, 0 if not."
        );
        meter.CreateObservableGauge(
            "kumiko.outbox.waiting",
            () => Show(view => view.Waiting),
            description: "Events in the outbox that were not handed over yet (10,000 stands for any more)."
        );
        meter.CreateObservableGauge(
            "kumiko.outbox.lag",
            () => Show(Lag),
            "s",
            "Age of the oldest event in the outbox that was not handed over yet; 0 if none waits."
        );
        foreach (var (gauge, description) in ofDatabase.SelectMany(own => own).Select(table => (table.Gauge, table.Description)).Distinct())
            meter.CreateObservableGauge(gauge, () => Show(view => view.Rows(gauge)), description: description);
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_views.Select(view => LookAsync(view, cancellationToken)));

    private static async Task LookAsync(View view, CancellationToken cancellationToken)
    {
        var isUp = await view.Database.CanConnectAsync(cancellationToken);
        view.IsUp = isUp ? 1 : 0;
        if (!isUp)
            return;

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(MaxWait);
        try
        {
            await using var session = await view.Database.OpenAsync(timeout.Token);
            if (view.HasOutbox)
            {
                var waiting = await session.ReadWaitingEventsAsync(CountedRows, timeout.Token);
                (view.Oldest, view.Waiting) = (waiting.Oldest, waiting.Count);
            }

            foreach (var watched in view.Tables)
                view.Saw(watched.Gauge, await watched.CountAsync(session, CountedRows, timeout.Token));
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The database has become unreachable, or it is slow. The last figures stay until the next poll.
        }
    }

    // Computed at the scrape, so that it keeps growing while the database is unreachable.
    private double? Lag(View view) =>
        view switch
        {
            { Waiting: null } => null,
            { Oldest: { } oldest } => Math.Max(0, (_clock.GetUtcNow() - oldest).TotalSeconds),
            _ => 0,
        };

    private List<Measurement<double>> Show(Func<View, double?> figure)
    {
        var shown = new List<Measurement<double>>(_views.Count);
        foreach (var view in _views)
        {
            if (figure(view) is { } value)
                shown.Add(new Measurement<double>(value, new KeyValuePair<string, object?>("module", view.Database.Module)));
        }

        return shown;
    }

    /// <summary>The last figures of a module's database; null if there are none yet.</summary>
    private sealed class View(ModuleDatabase database, bool hasOutbox, IReadOnlyList<MonitoredTable> tables)
    {
        // Read by scrapes while it is written.
        private readonly ConcurrentDictionary<string, double> _rows = new();

        public ModuleDatabase Database { get; } = database;
        public bool HasOutbox { get; } = hasOutbox;
        public IReadOnlyList<MonitoredTable> Tables { get; } = tables;
        public double? IsUp { get; set; }
        public double? Waiting { get; set; }
        public DateTimeOffset? Oldest { get; set; }

        public double? Rows(string gauge) => _rows.TryGetValue(gauge, out var rows) ? rows : null;

        public void Saw(string gauge, long rows) => _rows[gauge] = rows;
    }
}
