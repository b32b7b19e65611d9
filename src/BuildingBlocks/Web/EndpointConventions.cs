using Kumiko.BuildingBlocks.Idempotency;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>Declares what the framework doesn't detect in an endpoint.</summary>
public static class EndpointConventions
{
    /// <summary>
    /// Declares that the endpoint honours <c>Idempotency-Key</c> and answers 409 and 410. The header is read before the endpoint runs,
    /// which takes it from <see cref="IdempotencyKey.Of"/>.
    /// </summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder endpoint) =>
        endpoint
            .WithMetadata(new IdempotentMetadata())
            .AddEndpointFilter(new IdempotencyFilter())
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status410Gone);

    /// <summary>Declares that the endpoint reads an access token if one is sent, and works without one.</summary>
    public static RouteHandlerBuilder OptionallyAuthorized(this RouteHandlerBuilder endpoint) =>
        endpoint.AllowAnonymous().WithMetadata(new OptionalUserMetadata());

    /// <summary>Declares that the endpoint honours <c>If-Match</c> and answers 412.</summary>
    public static RouteHandlerBuilder Conditional(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new ConditionalMetadata()).ProducesProblem(StatusCodes.Status412PreconditionFailed);

    /// <summary>Declares that the endpoint sends an <c>ETag</c>, honours <c>If-None-Match</c> and answers 304.</summary>
    public static RouteHandlerBuilder Cacheable(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new CacheableMetadata()).Produces(StatusCodes.Status304NotModified);
}
