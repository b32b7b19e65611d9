namespace Kumiko.Identity.Features.GetIdentityHealth;

internal sealed class GetIdentityHealthEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/auth/health",
                (IdentityDatabase database, TimeProvider clock, HttpContext http, CancellationToken cancellationToken) =>
                    Answers.HealthAsync(database, clock, http, cancellationToken)
            )
            .AllowAnonymous()
            .WithName("GetIdentityHealth")
            .WithTags("Health")
            .WithSummary("Check whether the identity module works")
            .Produces<HealthResponse>()
            .Produces<HealthResponse>(StatusCodes.Status503ServiceUnavailable);
}
