using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Devices;

namespace Kumiko.Identity.Features.ResetPassword;

internal sealed class ResetPasswordEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/password/reset", AnswerAsync)
            .AllowAnonymous()
            .WithName("ResetPassword")
            .WithTags("Account")
            .WithSummary("Choose a new password with the link of a mail")
            .WithDescription(
                "Every session of the account ends, and nobody is signed in. The address counts as proved. If the account has a second "
                    + "factor, a request without a valid `totp_code` is answered 401 with a `type` that ends in "
                    + "`/second-factor-required`: send it again with a code. The link stays valid. After several "
                    + "wrong codes, further attempts have to wait."
            )
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status410Gone)
            .RateLimited(IdentityLimits.PasswordRequests);

    private static async Task<IResult> AnswerAsync(
        ResetPasswordRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var device = DeviceCookie.Of(http.Request, inBody: false);
        var command = new ResetPassword(
            request.Token ?? "",
            request.NewPassword ?? "",
            string.IsNullOrWhiteSpace(request.TotpCode) ? null : request.TotpCode,
            ClientAddress.Of(http),
            device
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.Match(
            _ =>
            {
                // The owner can sign in here however many strangers guess.
                if (device is not null)
                    DeviceCookie.Set(http.Response, device);
                return Results.NoContent();
            },
            Problems.From
        );
    }
}
