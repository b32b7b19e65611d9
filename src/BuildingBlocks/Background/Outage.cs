using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Background;

/// <summary>
/// Runs what a background task does again and again. A failure never ends the task: one that passes by itself is logged once, and once that
/// it
/// has passed, however often it is tried meanwhile; any other is logged each time.
/// </summary>
/// <param name="what">What cannot be done meanwhile, as the beginning of a sentence.</param>
/// <param name="logger">Where that is logged.</param>
/// <param name="passes">Whether a failure passes by itself; if null, those of a database that is unavailable.</param>
public sealed class Outage(string what, ILogger logger, Func<Exception, bool>? passes = null)
{
    private readonly Func<Exception, bool> _passes = passes ?? DatabaseFailure.IsUnavailable;
    private bool _isOn;

    /// <summary>Runs some work, again if its transaction was rolled back because it and another waited for each other.</summary>
    /// <returns>Whether it succeeded.</returns>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
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
                // Not at once, or the two meet again.
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
