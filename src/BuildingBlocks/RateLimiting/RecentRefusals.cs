using System.Security.Claims;
using ErrorOr;
using Kumiko.BuildingBlocks.Failures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>Users whose quota is used up, by the token that they sent, until the quota is replenished.</summary>
internal sealed class RecentRefusals : IDisposable
{
    private const int Max = 10_000;

    private readonly MemoryCache _refusals = new(new MemoryCacheOptions { SizeLimit = Max });

    /// <summary>Notes that the sender of this request was refused.</summary>
    public void Add(HttpContext http, RateLimit limit, List<Error> errors)
    {
        if (limit.By == RateLimitKey.User && errors[0].Metadata?[Errors.RetryAfterKey] is TimeSpan wait)
            _refusals.Set(
                Key(http, limit),
                new Refusal(http.User, errors),
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = wait }
            );
    }

    /// <summary>The refusal of an earlier request with the same token, if it is still valid.</summary>
    public Refusal? Find(HttpContext http, RateLimit limit) =>
        limit.By == RateLimitKey.User ? _refusals.Get<Refusal>(Key(http, limit)) : null;

    /// <inheritdoc />
    public void Dispose() => _refusals.Dispose();

    private static (string Limit, string Token) Key(HttpContext http, RateLimit limit) =>
        (limit.Name, http.Request.Headers.Authorization.ToString());

    internal sealed record Refusal(ClaimsPrincipal User, List<Error> Errors);
}
