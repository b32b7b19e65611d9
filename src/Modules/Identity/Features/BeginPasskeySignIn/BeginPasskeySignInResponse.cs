using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Features.BeginPasskeySignIn;

/// <summary>What an authenticator is asked to sign: <c>PublicKeyCredentialRequestOptionsJSON</c> (WebAuthn level 3, 5.1.10).</summary>
/// <param name="Challenge">What the authenticator signs, once.</param>
/// <param name="Timeout">Milliseconds until it is too late.</param>
/// <param name="RpId">The host that the passkey is for.</param>
/// <param name="UserVerification">Always <c>required</c>: by a PIN, a fingerprint or a face.</param>
internal sealed record PasskeyRequestOptions(
    [property: RegularExpression("^[A-Za-z0-9_-]+$"), Example("\"bWFwbGUgbGVhdmVzIGFuZCBwaW5lIG5lZWRsZXMgICA\"")] string Challenge,
    [property: Range(1, 600_000), Example("300000")] int Timeout,
    [property: JsonPropertyName("rpId"), MaxLength(253), Example("\"app.example.com\"")] string RpId,
    [property: JsonPropertyName("userVerification"), AllowedValues("required"), Example("\"required\"")] string UserVerification
);

[JsonSerializable(typeof(PasskeyRequestOptions))]
internal sealed partial class BeginPasskeySignInResponseJson : JsonSerializerContext;
