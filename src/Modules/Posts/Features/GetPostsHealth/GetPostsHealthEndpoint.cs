namespace Kumiko.Posts.Features.GetPostsHealth;

internal sealed class GetPostsHealthEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/crud/health",
                (PostsDatabase database, TimeProvider clock, HttpContext http, CancellationToken cancellationToken) =>
                    Answers.HealthAsync(database, clock, http, cancellationToken)
            )
            .AllowAnonymous()
            .WithName("GetPostsHealth")
            .WithTags("Health")
            .WithSummary("Check the health of the message board")
            .Produces<HealthResponse>()
            .Produces<HealthResponse>(StatusCodes.Status503ServiceUnavailable);
}
