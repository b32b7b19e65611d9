using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>Holds refusals back just before they are sent, whoever decided on them.</summary>
internal sealed class HeldRefusalsMiddleware(RequestDelegate next, HeldRefusals refusals)
{
    private readonly Func<object, Task> _hold = http => refusals.HoldAsync((HttpContext)http);

    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<RateLimitedMetadata>() is not null)
            http.Response.OnStarting(_hold, http);
        return next(http);
    }
}
