using Kumiko.BuildingBlocks.Background;
using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// Keeps the list of ended sessions equal to the tables: reads them before the process serves and then every second, since an event reaches
/// only one of the instances of a module.
/// </summary>
internal sealed class EndedSessionsReader(
    EndedSessions sessions,
    IEnumerable<EndedSessionsSource> sources,
    TimeProvider clock,
    ILogger<EndedSessionsReader> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Every failure counts as an outage: while a module's database is unavailable, the module cannot write either.
    private readonly List<(EndedSessionsSource Source, Outage Outage)> _sources =
    [
        .. sources.Select(source => (source, new Outage($"Reading the ended sessions of {source.Module}", logger, passes: _ => true))),
    ];

    /// <summary>Whether the table of each module has been read at least once.</summary>
    public bool IsLoaded => _sources.TrueForAll(one => one.Source.IsLoaded);

    // The server starts after this.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_sources.Select(one => ReadAsync(one.Source, one.Outage, cancellationToken)));
        await base.StartAsync(cancellationToken);
    }

    // Read each table at its own pace: a database that doesn't respond must not delay the lists of other modules.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            _sources.Select(one =>
                PeriodicService.RepeatAsync(
                    token => ReadAsync(one.Source, one.Outage, token),
                    Interval,
                    clock,
                    startsAtOnce: false,
                    stoppingToken
                )
            )
        );

    private Task<bool> ReadAsync(EndedSessionsSource source, Outage outage, CancellationToken cancellationToken) =>
        outage.TryAsync(
            async token =>
            {
                await source.ReadAsync(sessions, clock.Now(), token);
                sessions.Forget(clock.Now());
            },
            cancellationToken
        );
}
