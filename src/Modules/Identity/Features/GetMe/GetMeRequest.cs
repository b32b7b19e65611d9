using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.GetMe;

internal sealed record GetMeRequest(CurrentUser User) : IQuery<ErrorOr<UserRow>>;

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

    private static async Task<IResult> AnswerAsync(HttpContext http, Mediation.Mediator mediator, CancellationToken cancellation)
    {
        var result = await mediator.Send(new GetMeRequest(CurrentUser.Of(http.User)), cancellation);
        return result.Match(user => EntityTags.Fresh(http, user.ToResponse(), user.Tag), Problems.From);
    }
}
