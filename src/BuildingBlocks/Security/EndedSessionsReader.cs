using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// Keeps the list of ended sessions as the tables have it: reads them before the process serves, and then every second, since an event reaches
/// only one of the instances of a module.
/// </summary>
internal sealed class EndedSessionsReader(EndedSessions sessions, IEnumerable<EndedSessionsSource> sources, TimeProvider clock, ILogger<EndedSessionsReader> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly List<EndedSessionsSource> _sources = [.. sources];
    private readonly HashSet<string> _unreadable = [];

    /// <summary>Whether the table of each module was ever read.</summary>
    public bool IsLoaded => _sources.TrueForAll(source => source.IsLoaded);

    // The server starts after this.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await ReadAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        foreach (var source in _sources)
            await ReadAsync(source, cancellation);
        sessions.Forget(clock.Now());
    }

    private async Task ReadAsync(EndedSessionsSource source, CancellationToken cancellation)
    {
        try
        {
            await source.ReadAsync(sessions, clock.Now(), cancellation);
            if (_unreadable.Remove(source.Module))
                logger.LogInformation("The ended sessions of {Module} can be read again", source.Module);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // While a module's database is unreachable, the module writes nothing either.
            if (_unreadable.Add(source.Module))
                logger.LogWarning("The ended sessions of {Module} cannot be read ({Reason}); trying again every second", source.Module, e.Message);
        }
    }
}
