using Kumiko.BuildingBlocks.Configuration;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>
/// Limits how many requests are worked on at once, in all (<c>Limits:Requests</c>) and of one client address
/// (<c>Limits:RequestsPerAddress</c>). The others wait; none is refused, since the connections that hold them are limited.
/// </summary>
internal sealed class RequestTurns
{
    private readonly FairLimiter _limiter;

    /// <exception cref="InvalidSettingException">The setting is not a positive number.</exception>
    public RequestTurns(RateLimitSettings settings) =>
        _limiter = new FairLimiter(
            settings.Number("Limits:Requests", 64),
            length: int.MaxValue,
            perCaller: int.MaxValue,
            settings.Number("Limits:RequestsPerAddress", 8)
        );

    /// <summary>Waits for the client's turn. Dispose the place when the turn ends; more than once is allowed.</summary>
    public async ValueTask<IDisposable> EnterAsync(string client, CancellationToken cancellationToken) =>
        (await _limiter.EnterAsync(client, timeout: null, cancellationToken))!;
}
