using Carter;
using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.GetIdentityHealth;

internal sealed class GetIdentityHealthEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/auth/health",
                (IdentityDatabase database, TimeProvider clock, HttpContext http, CancellationToken cancellation) =>
                    HealthResponse.AnswerAsync(database, clock, http, cancellation)
            )
            .AllowAnonymous()
            .WithName("GetIdentityHealth")
            .WithTags("Health")
            .WithSummary("Check whether the identity module works")
            .Produces<HealthResponse>()
            .Produces<HealthResponse>(StatusCodes.Status503ServiceUnavailable);
}
