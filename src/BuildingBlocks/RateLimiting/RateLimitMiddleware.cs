using System.Globalization;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>Counts a request against the limits of its endpoint, before its body is read.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimits limits, RecentRefusals refusals)
{
    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetOrderedMetadata<RateLimitedMetadata>() is { Count: > 0 } limited
            ? CountAsync(http, limited)
            : next(http);

    private async Task CountAsync(HttpContext http, IReadOnlyList<RateLimitedMetadata> limited)
    {
        var places = new List<RateLimitPlace>();
        IResult? refusal;
        try
        {
            refusal = Refuse(http, limited, places);
            if (refusal is null)
                await next(http);
        }
        finally
        {
            foreach (var place in places)
                place.Dispose();
        }

        // A refusal may be held back, and must not hold places meanwhile.
        if (refusal is not null)
            await refusal.ExecuteAsync(http);
    }

    private IResult? Refuse(HttpContext http, IReadOnlyList<RateLimitedMetadata> limited, List<RateLimitPlace> places)
    {
        foreach (var metadata in limited)
        {
            if (Key(metadata.Limit, http) is not { } key)
                continue;

            var place = limits.Acquire(metadata.Limit, key);
            if (place.IsError)
            {
                refusals.Add(http, metadata.Limit, place.FirstError);
                return Problems.From(place.Errors);
            }

            if (place.Value is null)
                continue;
            places.Add(place.Value);
            place.Value.State.WriteTo(http.Response.Headers);
        }

        return null;
    }

    private static string? Key(RateLimit limit, HttpContext http) =>
        limit.By switch
        {
            _ when limit.When?.Invoke(http.Request) == false => null,
            RateLimitKey.Address => limit.Recognize?.Invoke(http.Request) ?? ClientAddress.Of(http),
            // Without a user, the endpoint will answer 401.
            RateLimitKey.User => http.User.Identity?.IsAuthenticated == true
                ? CurrentUser.Of(http.User).Id.ToString(CultureInfo.InvariantCulture)
                : null,
            _ => null,
        };
}
