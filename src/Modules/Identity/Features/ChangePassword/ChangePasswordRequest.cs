using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Devices;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.ChangePassword;

/// <summary>The current password and the new one.</summary>
internal sealed record ChangePasswordRequest : ICommand<ErrorOr<TokenResponse>>
{
    /// <summary>The current password.</summary>
    [Required, Length(1, AccountRules.LongestPassword), Example("\"seven pine needles\"")]
    public string? CurrentPassword { get; init; }

    /// <summary>8 to 128 characters, any of them, but not the old one, none of the common passwords, nor one made of the name, the address or the name of this site.</summary>
    [Required, Length(AccountRules.ShortestPassword, AccountRules.LongestPassword), Example("\"eight maple leaves\"")]
    public string? NewPassword { get; init; }

    /// <summary>Where the new refresh token goes: <c>cookie</c> (if left out) for browsers, <c>body</c> for other clients.</summary>
    [AllowedValues(Identity.TokenDelivery.InCookie, Identity.TokenDelivery.InBody, null), Example("\"cookie\"")]
    public string? TokenDelivery { get; init; }

    [JsonIgnore]
    public CurrentUser User { get; init; } = null!;

    /// <summary>Where the client is, as limits count it.</summary>
    [JsonIgnore]
    public string ClientAddress { get; init; } = "";

    /// <summary>By what a browser is known again; null for a client without cookies.</summary>
    [JsonIgnore]
    public string? DeviceToken { get; init; }
}

internal sealed class ChangePasswordEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/me/password", AnswerAsync)
            .RequireAuthorization()
            .WithName("ChangePassword")
            .WithTags("Account")
            .WithSummary("Change your password")
            .WithDescription(
                "Returns a new pair of tokens, as sign-in does. Every other session ends, and every older token of this session becomes invalid."
            )
            .Produces<TokenResponse>()
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(
        ChangePasswordRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellation
    )
    {
        var inBody = TokenDelivery.IsInBody(request.TokenDelivery);
        var command = request with
        {
            User = CurrentUser.Of(http.User),
            ClientAddress = ClientAddress.Of(http),
            DeviceToken = DeviceCookie.Of(http.Request, inBody),
        };
        var result = await mediator.Send(command, cancellation);
        return result.Match(
            tokens =>
            {
                if (command.DeviceToken is { } device)
                    DeviceCookie.Set(http.Response, device);
                return RefreshCookie.Deliver(http, tokens, inBody);
            },
            Problems.From
        );
    }
}
