using System.Globalization;
using Kumiko.BuildingBlocks.Configuration;

namespace Kumiko.Host.Health;

/// <summary>
/// The time between the signal to stop and the end of service, in which proxies move to other instances. Readiness fails, and each response
/// ends its connection, so that a proxy has no connection left on which it could send a request just as it is closed.
/// </summary>
internal sealed class Draining(TimeSpan delay, IHostApplicationLifetime lifetime, TimeProvider clock) : IHostedLifecycleService
{
    private const string Setting = "Shutdown:Delay";
    private const int MaxLength = 60;

    /// <summary>Whether this process was told to stop.</summary>
    public bool IsUnderWay => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>How long to keep serving after the signal to stop; zero unless set.</summary>
    /// <exception cref="InvalidSettingException">The value is not a number of seconds, or it is more than a minute.</exception>
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

    // Runs before anything is stopped, including the server.
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(delay, clock, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
