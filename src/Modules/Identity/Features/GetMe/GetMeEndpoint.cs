using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.GetMe;

internal sealed class GetMeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/me", AnswerAsync)
            .RequireAuthorization()
            .WithName("GetMe")
            .WithTags("Account")
            .WithSummary("Read your account")
            .Cacheable()
            .Produces<UserResponse>();

    private static async Task<IResult> AnswerAsync(HttpContext http, Mediation.Mediator mediator, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new GetMe(CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(user => EntityTags.Fresh(http, user.ToResponse(), user.Tag), Problems.From);
    }
}
