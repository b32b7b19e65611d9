using System.Security.Claims;
using ErrorOr;
using Kumiko.BuildingBlocks.Failures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>Users whose quota is used up, by the token that they sent, until the quota is replenished.</summary>
internal sealed class RecentRefusals(TimeProvider clock) : IDisposable
{
    private const int Max = 10_000;

    private readonly MemoryCache _refusals = new(new MemoryCacheOptions { SizeLimit = Max });

    /// <summary>
    /// Notes that the sender of this request was refused. A quota whose next moment is unknown, such as one of simultaneous requests, is
    /// asked again each time.
    /// </summary>
    public void Add(HttpContext http, RateLimit limit, Error error)
    {
        if (limit.By == RateLimitKey.User && error.Metadata?[Errors.RateLimitKey] is RateLimitState { Reset: { } wait } state)
            _refusals.Set(
                Key(http, limit),
                new Entry(http.User, error.Description, state, clock.GetUtcNow() + wait),
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = wait }
            );
    }

    /// <summary>The refusal of an earlier request with the same token, with the time that is left of it.</summary>
    public Refusal? Find(HttpContext http, RateLimit limit)
    {
        if (limit.By != RateLimitKey.User || _refusals.Get<Entry>(Key(http, limit)) is not { } entry)
            return null;

        var left = entry.Until - clock.GetUtcNow();
        return left <= TimeSpan.Zero
            ? null
            : new Refusal(entry.User, Errors.TooManyRequests(entry.Description, entry.State with { Reset = left }));
    }

    /// <inheritdoc />
    public void Dispose() => _refusals.Dispose();

    private static (string Limit, string Token) Key(HttpContext http, RateLimit limit) =>
        (limit.Name, http.Request.Headers.Authorization.ToString());

    internal sealed record Refusal(ClaimsPrincipal User, Error Error);

    private sealed record Entry(ClaimsPrincipal User, string Description, RateLimitState State, DateTimeOffset Until);
}
