using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.FinishPasskeySignIn;

/// <summary>The answer of an authenticator, as <c>PublicKeyCredential.toJSON()</c> writes it (WebAuthn level 3, 5.1.8.1).</summary>
internal sealed record FinishPasskeySignInRequest : PasskeyAssertionRequest
{
    /// <summary>Where the refresh token goes: <c>cookie</c> (if left out) for browsers, <c>body</c> for other clients.</summary>
    [AllowedValues(Tokens.TokenDelivery.InCookie, Tokens.TokenDelivery.InBody, null), Example("\"cookie\"")]
    public string? TokenDelivery { get; init; }

    /// <summary>Whether to stay signed in; yes if left out (see <c>POST /api/auth/login</c>).</summary>
    [Example("true")]
    public bool? Remember { get; init; }
}

[JsonSerializable(typeof(FinishPasskeySignInRequest))]
internal sealed partial class FinishPasskeySignInRequestJson : JsonSerializerContext;
