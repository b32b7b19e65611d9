using System.Globalization;
using Kumiko.BuildingBlocks.Configuration;

namespace Kumiko.Host.Health;

/// <summary>
/// The time between being told to stop and taking nothing more, in which the proxies that lead here go elsewhere: readiness says no, and
/// each
/// answer ends its connection, so that none is left on which a proxy could send a request just as it is closed.
/// </summary>
internal sealed class Draining(TimeSpan delay, IHostApplicationLifetime lifetime, TimeProvider clock) : IHostedLifecycleService
{
    private const string Setting = "Shutdown:Delay";
    private const int MaxLength = 60;

    /// <summary>Whether this process was told to stop.</summary>
    public bool IsUnderWay => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>How long to go on after being told to stop; not at all unless set.</summary>
    /// <exception cref="InvalidSettingException">Not a number of seconds, or more than a minute.</exception>
    public static TimeSpan ReadDelay(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } setting)
            return TimeSpan.Zero;
        return int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaxLength
            ? TimeSpan.FromSeconds(seconds)
            : throw new InvalidSettingException(
                $"{Setting} is '{setting}': set it to the seconds to keep serving after the signal to stop, 0 to {MaxLength}."
            );
    }

    // Comes before anything is stopped, the server included.
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(delay, clock, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
