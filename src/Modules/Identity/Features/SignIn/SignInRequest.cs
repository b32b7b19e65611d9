using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.SignIn;

/// <summary>The e-mail address and the password to sign in with.</summary>
internal sealed record SignInRequest : ICommand<ErrorOr<TokenResponse>>
{
    private const int MaxDevice = 255;

    /// <summary>The account's e-mail address, in any case.</summary>
    [Required, Length(1, Names.MaxEmail), Example("\"hanako@example.com\"")]
    public string? Email { get; init; }

    /// <summary>The account's password.</summary>
    [Required, Length(1, PasswordRules.MaxPassword), Example("\"seven pine needles\"")]
    public string? Password { get; init; }

    /// <summary>Where the refresh token goes: <c>cookie</c> (if left out) for browsers, <c>body</c> for other clients.</summary>
    [AllowedValues(Tokens.TokenDelivery.InCookie, Tokens.TokenDelivery.InBody, null), Example("\"cookie\"")]
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
            DeviceToken = DeviceCookie.Of(http.Request, inBody: Tokens.TokenDelivery.IsInBody(TokenDelivery)),
            HeldToken = Tokens.TokenDelivery.IsInBody(TokenDelivery) ? null : RefreshCookie.Held(http),
        };
    }

    // Not between the two halves of a character.
    private static string Cut(string device) =>
        device.Length <= MaxDevice ? device : device[..(char.IsHighSurrogate(device[MaxDevice - 1]) ? MaxDevice - 1 : MaxDevice)];
}

[JsonSerializable(typeof(SignInRequest))]
internal sealed partial class SignInRequestJson : JsonSerializerContext;
