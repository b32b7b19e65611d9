using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Background;

/// <summary>
/// Runs the recurring work of a background task. A failure never ends the task. A failure that passes by itself is logged once when it
/// begins and once when it has passed, however many attempts lie between; any other failure is logged each time.
/// </summary>
/// <param name="what">The work that is interrupted, as the beginning of a sentence.</param>
/// <param name="logger">The logger for outages and failures.</param>
/// <param name="passes">Whether a failure passes by itself; if null, the failures of an unavailable database do.</param>
public sealed class Outage(string what, ILogger logger, Func<Exception, bool>? passes = null)
{
    private readonly Func<Exception, bool> _passes = passes ?? DatabaseFailure.IsUnavailable;
    private bool _isOn;

    /// <summary>Runs the work, and runs it again if a deadlock rolled its transaction back.</summary>
    /// <returns>Whether it succeeded.</returns>
    /// <exception cref="OperationCanceledException">The host is stopping.</exception>
    public async Task<bool> TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await work(cancellationToken);
                if (_isOn)
                    logger.LogInformation("{What} can continue", what);
                _isOn = false;
                return true;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (Exception e) when (DatabaseFailure.IsDeadlock(e))
            {
                // Not immediately, or the two transactions deadlock again.
                await Task.Delay(Random.Shared.Next(5, 50), cancellationToken);
            }
            catch (Exception e) when (_passes(e))
            {
                if (!_isOn)
                    logger.LogWarning("{What} cannot continue ({Reason}); trying again until it can", what, e.GetBaseException().Message);
                _isOn = true;
                return false;
            }
            catch (Exception e)
            {
                logger.LogError(e, "{What} failed; trying again", what);
                return false;
            }
        }
    }
}
