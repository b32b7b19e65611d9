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
        var held = new List<RateLimitPlace>();
        try
        {
            foreach (var metadata in limited)
            {
                if (Key(metadata.Limit, http) is not { } key)
                    continue;

                var place = limits.Take(metadata.Limit, key);
                if (place.IsError)
                {
                    refusals.Add(http, metadata.Limit, place.FirstError);
                    await Problems.From(place.Errors).ExecuteAsync(http);
                    return;
                }

                if (place.Value is null)
                    continue;
                held.Add(place.Value);
                place.Value.State.WriteTo(http.Response.Headers);
            }

            await next(http);
        }
        finally
        {
            foreach (var place in held)
                place.Dispose();
        }
    }

    private static string? Key(RateLimit limit, HttpContext http) =>
        limit.By switch
        {
            _ when limit.When?.Invoke(http.Request) == false => null,
            RateLimitKey.Address => ClientAddress.Of(http),
            // Without a user, the endpoint will answer 401.
            RateLimitKey.User => http.User.Identity?.IsAuthenticated == true
                ? CurrentUser.Of(http.User).Id.ToString(CultureInfo.InvariantCulture)
                : null,
            _ => null,
        };
}
