using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Passkeys;
using Microsoft.AspNetCore.Mvc;

namespace Kumiko.Identity.Features.ListPasskeys;

internal sealed class ListPasskeysEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/passkeys", AnswerAsync)
            .RequireAuthorization()
            .WithName("ListPasskeys")
            .WithTags("Passkeys")
            .WithSummary("List your passkeys, newest first")
            .Produces<ListResponse<PasskeyResponse>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken,
        [FromQuery(Name = "limit"), Description("How many, 1 to 100."), Range(1, PageRules.MaxLimit), Example("20")]
            int limit = PageRules.DefaultLimit,
        [FromQuery(Name = "cursor"), Description("`next_cursor` of the page before."), MaxLength(255)] string? cursor = null
    )
    {
        var result = await mediator.Send(new ListPasskeys(limit, cursor, CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(page => Answers.Ok(page, row => row.ToResponse()), Problems.From);
    }
}
