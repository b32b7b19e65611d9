using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Kumiko.Architecture.Tests;

public sealed class AuthorizationTests
{
    // Without a marker an endpoint is open to everybody, and that must not happen by omission. With both, AllowAnonymous silently wins.
    [Fact]
    public async Task Every_endpoint_says_whether_it_needs_a_token_or_is_for_anybody()
    {
        await using var app = (WebApplication)
            Solution
                .Host.GetType("Kumiko.Host.Composition.Application", throwOnError: true)!
                .GetMethod("Build")!
                .Invoke(null, [Array.Empty<string>()])!;
        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText == "/api/crud/posts");
        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText == "/metrics");

        var undecided = endpoints
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<IAuthorizeData>() is null == endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            )
            .Select(endpoint => endpoint.DisplayName);
        Assert.Empty(undecided);
    }
}
