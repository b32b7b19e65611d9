using System.ComponentModel.DataAnnotations;
using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.Web;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.GetUser;

internal sealed record GetUserRequest(long Id) : IQuery<ErrorOr<ProfileRow>>;

/// <summary>A user, as everybody sees it.</summary>
/// <param name="Id">The account's number.</param>
/// <param name="Username">The name.</param>
/// <param name="CreatedAt">When the account was made.</param>
internal sealed record ProfileResponse(
    [property: Range(1, long.MaxValue), Example("7")] long Id,
    [property: MaxLength(Names.LongestUsername), Example("\"hanako\"")] string Username,
    DateTimeOffset CreatedAt
);

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

    private static async Task<IResult> AnswerAsync(long id, HttpContext http, Mediation.Mediator mediator, CancellationToken cancellation)
    {
        var result = await mediator.Send(new GetUserRequest(id), cancellation);
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
