using Carter;
using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Posts.Features.GetPostsHealth;

internal sealed class GetPostsHealthEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/crud/health",
                (PostsDatabase database, TimeProvider clock, HttpContext http, CancellationToken cancellation) =>
                    HealthResponse.AnswerAsync(database, clock, http, cancellation)
            )
            .AllowAnonymous()
            .WithName("GetPostsHealth")
            .WithTags("Health")
            .WithSummary("Check the health of the message board")
            .Produces<HealthResponse>()
            .Produces<HealthResponse>(StatusCodes.Status503ServiceUnavailable);
}
