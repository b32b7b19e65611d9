using System.Globalization;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Exports;
using Kumiko.Identity.StepUp;

namespace Kumiko.Identity.Features.ExportMe;

internal sealed class ExportMeEndpoint : ICarterModule
{
    private const string RetryAfter = "2";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/me/export", AnswerAsync)
            .RequireAuthorization()
            .RequireRecentSignIn()
            .WithName("ExportMe")
            .WithTags("Account")
            .WithSummary("Get everything that is held about you")
            .WithDescription(
                "A zip of JSON files, with a folder for each module and a table of contents, `about.json`. The first request asks every "
                    + "module for its part. While parts are missing, the answer is 202: repeat the request after `Retry-After`. The "
                    + "export is kept for an hour, in which every request returns the same one; three a day can be begun. Needs a "
                    + "sign-in of the last 10 minutes (see `POST /api/auth/reauthenticate`)."
            )
            .Produces<Stream>(contentType: "application/zip")
            .Produces<ExportMeResponse>(StatusCodes.Status202Accepted)
            .RateLimited(IdentityLimits.Exports);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        ExportArchive archive,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new ExportMe(CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(state => state.WaitingFor.Count == 0 ? Zip(http, state.Export, archive) : Wait(http, state), Problems.From);
    }

    private static IResult Wait(HttpContext http, ExportState state)
    {
        http.Response.Headers.RetryAfter = RetryAfter;
        return Answers.Accepted(new ExportMeResponse(state.Export.CreatedAt, state.Export.ExpiresAt, state.WaitingFor));
    }

    private static IResult Zip(HttpContext http, ExportRow export, ExportArchive archive)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"kumiko-{export.CreatedAt:yyyy-MM-dd}.zip");
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        return Results.Stream(body => archive.WriteAsync(export, body, http.RequestAborted), "application/zip");
    }
}
