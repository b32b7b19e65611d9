using Kumiko.BuildingBlocks.Versions;

namespace Kumiko.Identity.Features.GetUser;

internal sealed class GetUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/users/{id:long}", AnswerAsync)
            .AllowAnonymous()
            .WithName("GetUser")
            .WithTags("Users")
            .WithSummary("Read anybody's public profile")
            .Cacheable()
            .Produces<ProfileResponse>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> AnswerAsync(
        long id,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new GetUser(id), cancellationToken);
        return result.Match(
            profile =>
                EntityTags.Fresh(
                    http,
                    new ProfileResponse(profile.Id, profile.Username, profile.CreatedAt),
                    EntityTags.Of(profile.Version)
                ),
            Problems.From
        );
    }
}
