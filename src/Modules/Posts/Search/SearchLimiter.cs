using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.RateLimiting;

namespace Kumiko.Posts.Search;

/// <summary>Lets few searches run at once, and client addresses take turns, so that plain lists find the database free.</summary>
internal sealed class SearchLimiter
{
    private const int Waiting = 64;
    private const int WaitingPerAddress = 8;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly FairLimiter _queue;

    /// <exception cref="InvalidSettingException">A limit is not a valid number.</exception>
    public SearchLimiter(RateLimitSettings settings)
    {
        var width = settings.Number("RateLimits:Searches", 4);
        var perAddress = settings.Number("RateLimits:SearchesPerAddress", 1);
        _queue = settings.Enabled
            ? new FairLimiter(width, Waiting, WaitingPerAddress, perAddress)
            : new FairLimiter(int.MaxValue, Waiting, WaitingPerAddress);
    }

    /// <summary>Waits for a turn.</summary>
    /// <param name="address">The client's address.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    /// <returns>The place, to be disposed when the search is done; <see cref="Errors.Unavailable"/> if the wait would be too
    /// long.</returns>
    public async ValueTask<ErrorOr<IDisposable>> EnterAsync(string address, CancellationToken cancellationToken) =>
        await _queue.EnterAsync(address, MaxWait, cancellationToken) is { } place
            ? ErrorOrFactory.From(place)
            : Errors.Unavailable("Too many searches run at the moment. Try again in a few seconds.", RetryAfter);
}
