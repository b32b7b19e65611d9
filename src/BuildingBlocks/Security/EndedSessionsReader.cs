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

    /// <summary>Whether the table of each module was ever read.</summary>
    public bool IsLoaded => _sources.TrueForAll(source => source.IsLoaded);

    // The server starts after this.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_sources.Select(source => ReadAsync(source, cancellationToken)));
        await base.StartAsync(cancellationToken);
    }

    // Each at its own pace: a database that does not answer delays the lists of no other module.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_sources.Select(source => KeepReadingAsync(source, stoppingToken)));

    private async Task KeepReadingAsync(EndedSessionsSource source, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
                await ReadAsync(source, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task ReadAsync(EndedSessionsSource source, CancellationToken cancellation)
    {
        try
        {
            await source.ReadAsync(sessions, clock.Now(), cancellation);
            sessions.Forget(clock.Now());
            if (!source.IsReadable)
                logger.LogInformation("The ended sessions of {Module} can be read again", source.Module);
            source.IsReadable = true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // While a module's database is unreachable, the module writes nothing either.
            if (source.IsReadable)
                logger.LogWarning("The ended sessions of {Module} cannot be read ({Reason}); trying again every second", source.Module, e.Message);
            source.IsReadable = false;
        }
    }
}
