using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>Reads the <c>Idempotency-Key</c> for an endpoint, whose name is the operation that the key is for.</summary>
internal sealed class IdempotencyFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var endpoint = http.GetEndpoint()!.Metadata;
        var userId = endpoint.GetMetadata<IAuthorizeData>() is null ? 0 : CurrentUser.Of(http.User).Id;
        var key = IdempotencyKey.Read(http.Request, userId, endpoint.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName);
        if (key.IsError)
            return ValueTask.FromResult<object?>(Problems.From(key.Errors));

        http.Features.Set(key.Value);
        return next(context);
    }
}
