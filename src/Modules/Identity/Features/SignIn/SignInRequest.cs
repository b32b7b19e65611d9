using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Devices;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.SignIn;

/// <summary>The e-mail address and the password to sign in with.</summary>
internal sealed record SignInRequest : ICommand<ErrorOr<TokenResponse>>
{
    private const int LongestDevice = 255;

    /// <summary>The account's e-mail address, in any case.</summary>
    [Required, Length(1, Names.LongestEmail), Example("\"hanako@example.com\"")]
    public string? Email { get; init; }

    /// <summary>The account's password.</summary>
    [Required, Length(1, AccountRules.LongestPassword), Example("\"seven pine needles\"")]
    public string? Password { get; init; }

    /// <summary>Where the refresh token goes: <c>cookie</c> (if left out) for browsers, <c>body</c> for other clients.</summary>
    [AllowedValues(Identity.TokenDelivery.InCookie, Identity.TokenDelivery.InBody, null), Example("\"cookie\"")]
    public string? TokenDelivery { get; init; }

    /// <summary>What the client calls itself.</summary>
    [JsonIgnore]
    public string? Device { get; init; }

    /// <summary>The network address it comes from.</summary>
    [JsonIgnore]
    public string? Address { get; init; }

    /// <summary>The same as limits count it.</summary>
    [JsonIgnore]
    public string ClientAddress { get; init; } = "";

    /// <summary>By what a browser is known again; null for a client without cookies.</summary>
    [JsonIgnore]
    public string? DeviceToken { get; init; }

    /// <summary>The refresh token of the session that the browser held until now.</summary>
    [JsonIgnore]
    public string? HeldToken { get; init; }

    public SignInRequest From(HttpContext http)
    {
        var device = http.Request.Headers.UserAgent.ToString();
        var address = http.Connection.RemoteIpAddress;
        return this with
        {
            Device = device.Length == 0 ? null : Cut(device),
            Address = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString(),
            ClientAddress = BuildingBlocks.RateLimiting.ClientAddress.Of(http),
            DeviceToken = DeviceCookie.Of(http.Request, inBody: Identity.TokenDelivery.IsInBody(TokenDelivery)),
            HeldToken = Identity.TokenDelivery.IsInBody(TokenDelivery) ? null : RefreshCookie.Held(http),
        };
    }

    // Not between the two halves of a character.
    private static string Cut(string device) =>
        device.Length <= LongestDevice
            ? device
            : device[..(char.IsHighSurrogate(device[LongestDevice - 1]) ? LongestDevice - 1 : LongestDevice)];
}

internal sealed class SignInEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/login", AnswerAsync)
            .AllowAnonymous()
            .WithName("SignIn")
            .WithTags("Sign-in")
            .WithSummary("Sign in")
            .WithDescription(
                "Starts a session. The refresh token is returned in an HttpOnly cookie, or in the body with `token_delivery` `body`. The session of a refresh token that is already in the cookie ends."
            )
            .Produces<TokenResponse>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .RateLimited(IdentityLimits.PasswordRequests);

    private static async Task<IResult> AnswerAsync(
        SignInRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellation
    )
    {
        var command = request.From(http);
        var result = await mediator.Send(command, cancellation);
        return result.Match(
            tokens =>
            {
                if (command.DeviceToken is { } device)
                    DeviceCookie.Set(http.Response, device);
                return RefreshCookie.Deliver(http, tokens, inBody: TokenDelivery.IsInBody(request.TokenDelivery));
            },
            Problems.From
        );
    }
}
