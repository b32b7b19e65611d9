using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>What an endpoint says of itself for the OpenAPI document, beside what the framework sees by itself.</summary>
public static class EndpointConventions
{
    /// <summary>It honours <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new IdempotentMetadata());

    /// <summary>It reads an access token if one is sent, and works without.</summary>
    public static RouteHandlerBuilder OptionallyAuthorized(this RouteHandlerBuilder endpoint) =>
        endpoint.AllowAnonymous().WithMetadata(new OptionalUserMetadata());

    /// <summary>It honours <c>If-Match</c> and answers 412.</summary>
    public static RouteHandlerBuilder Conditional(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new ConditionalMetadata()).ProducesProblem(StatusCodes.Status412PreconditionFailed);

    /// <summary>It sends an <c>ETag</c>, honours <c>If-None-Match</c> and answers 304.</summary>
    public static RouteHandlerBuilder Cacheable(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new CacheableMetadata()).Produces(StatusCodes.Status304NotModified);
}
