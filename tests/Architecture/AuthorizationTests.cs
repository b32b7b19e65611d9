using Kumiko.BuildingBlocks.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Kumiko.Architecture.Tests;

public sealed class AuthorizationTests
{
    // Without a marker an endpoint is open to everybody, and that must not happen by omission. With both, AllowAnonymous silently wins.
    [Fact]
    public async Task Every_endpoint_says_whether_it_needs_a_token_or_is_for_anybody()
    {
        var endpoints = await EndpointsAsync();
        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText == "/api/crud/posts");
        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText == "/metrics");

        var undecided = endpoints
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<IAuthorizeData>() is null == endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            )
            .Select(endpoint => endpoint.DisplayName);
        Assert.Empty(undecided);
    }

    [Fact]
    public async Task Every_endpoint_that_changes_something_has_a_rate_limit()
    {
        var changing = (await EndpointsAsync())
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { } accepted && !accepted.HttpMethods.All(IsSafe))
            .ToList();
        Assert.Contains(changing, endpoint => endpoint.RoutePattern.RawText == "/api/auth/logout");
        Assert.Empty(changing.Where(endpoint => endpoint.Metadata.GetMetadata<RateLimitedMetadata>() is null).Select(e => e.DisplayName));

        static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
    }

    [Fact]
    public async Task The_document_names_429_for_the_endpoints_with_a_rate_limit_and_for_no_others()
    {
        await using var app = Build();
        // The start of the server normally does this; the document is generated from the endpoints.
        ((IApplicationBuilder)app).UseEndpoints(_ => { });
        var document = await app
            .Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1")
            .GetOpenApiDocumentAsync(TestContext.Current.CancellationToken);
        var documented = document
            .Paths.SelectMany(path => path.Value.Operations!.Values)
            .Where(operation => operation.Responses!.ContainsKey("429"))
            .Select(operation => operation.OperationId);
        var limited = Endpoints(app)
            .Where(endpoint => endpoint.Metadata.GetMetadata<RateLimitedMetadata>() is not null)
            .Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName)
            .ToList();
        Assert.Contains("CreatePost", limited);
        Assert.Equal(limited.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    private static async Task<List<RouteEndpoint>> EndpointsAsync()
    {
        await using var app = Build();
        return Endpoints(app);
    }

    private static List<RouteEndpoint> Endpoints(IEndpointRouteBuilder app) =>
        [.. app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    private static WebApplication Build() =>
        (WebApplication)
            Solution
                .Host.GetType("Kumiko.Host.Composition.Application", throwOnError: true)!
                .GetMethod("Build")!
                .Invoke(null, [Array.Empty<string>()])!;
}
