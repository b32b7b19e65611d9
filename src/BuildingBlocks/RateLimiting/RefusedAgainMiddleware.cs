using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>
/// Refuses again who was refused a moment ago, before the token is verified, which costs more than all the rest of a refusal.
/// </summary>
internal sealed class RefusedAgainMiddleware(RequestDelegate next, RecentRefusals refusals)
{
    public Task InvokeAsync(HttpContext http)
    {
        foreach (var limited in http.GetEndpoint()?.Metadata.GetOrderedMetadata<RateLimitedMetadata>() ?? [])
        {
            if (refusals.Find(http, limited.Limit) is not { } refusal)
                continue;

            // For the log of security events.
            http.User = refusal.User;
            return Problems.From([refusal.Error]).ExecuteAsync(http);
        }

        return next(http);
    }
}
