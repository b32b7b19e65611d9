using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Administration;

namespace Kumiko.Identity.Features.GetManagedUser;

internal sealed class GetManagedUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/admin/users/{id:long}", AnswerAsync)
            .ForAdmins()
            .WithName("GetManagedUser")
            .WithTags("Administration")
            .WithSummary("Read anybody's account")
            .WithDescription("For admins.")
            .Cacheable()
            .Produces<ManagedUserResponse>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> AnswerAsync(
        long id,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new GetManagedUser(id, CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(user => EntityTags.Fresh(http, user.ToResponse(), user.Tag), Problems.From);
    }
}
