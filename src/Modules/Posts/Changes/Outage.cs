using Microsoft.Extensions.Logging;

namespace Kumiko.Posts.Changes;

/// <summary>Logs once that the database went away and once that it came back, however often it is tried meanwhile.</summary>
internal sealed class Outage(string what, ILogger logger)
{
    private bool _isAway;

    public void Began(Exception failure)
    {
        if (!_isAway)
            logger.LogWarning("{What} waits for the database ({Reason})", what, failure.Message);
        _isAway = true;
    }

    public void Ended()
    {
        if (_isAway)
            logger.LogInformation("{What} reaches the database again", what);
        _isAway = false;
    }
}
