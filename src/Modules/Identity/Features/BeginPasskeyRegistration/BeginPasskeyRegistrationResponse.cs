using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.BeginPasskeyRegistration;

/// <summary>What an authenticator is asked to make: <c>PublicKeyCredentialCreationOptionsJSON</c> (WebAuthn level 3, 5.1.9).</summary>
/// <param name="Rp">The site that the passkey is for.</param>
/// <param name="User">Whose passkey it is.</param>
/// <param name="Challenge">What the authenticator repeats, once.</param>
/// <param name="PubKeyCredParams">The algorithms that are accepted, the preferred one first.</param>
/// <param name="Timeout">Milliseconds until it is too late.</param>
/// <param name="ExcludeCredentials">The account's passkeys: no authenticator makes a second one.</param>
/// <param name="AuthenticatorSelection">What the authenticator must be able to do.</param>
/// <param name="Attestation">Always <c>none</c>: nobody is asked what device they use.</param>
internal sealed record PasskeyCreationOptions(
    PasskeyRelyingParty Rp,
    PasskeyOwner User,
    [property: RegularExpression("^[A-Za-z0-9_-]+$"), Example("\"bWFwbGUgbGVhdmVzIGFuZCBwaW5lIG5lZWRsZXMgICA\"")] string Challenge,
    [property: JsonPropertyName("pubKeyCredParams")] IReadOnlyList<PasskeyAlgorithm> PubKeyCredParams,
    [property: Range(1, 600_000), Example("300000")] int Timeout,
    [property: JsonPropertyName("excludeCredentials")] IReadOnlyList<PasskeyDescriptor> ExcludeCredentials,
    [property: JsonPropertyName("authenticatorSelection")] PasskeySelection AuthenticatorSelection,
    [property: AllowedValues("none"), Example("\"none\"")] string Attestation
);

/// <summary>The site that a passkey is for.</summary>
/// <param name="Id">Its host.</param>
/// <param name="Name">Its name.</param>
internal sealed record PasskeyRelyingParty(
    [property: MaxLength(253), Example("\"app.example.com\"")] string Id,
    [property: MaxLength(64), Example("\"Kumiko\"")] string Name
);

/// <summary>Whose passkey it is, as authenticators show it.</summary>
/// <param name="Id">Stands for the account: 32 bytes in base64url that show nothing about it.</param>
/// <param name="Name">The account's e-mail address.</param>
/// <param name="DisplayName">The account's name.</param>
internal sealed record PasskeyOwner(
    [property: RegularExpression("^[A-Za-z0-9_-]{43}$"), Example("\"c29tZWJvZHkncyBoYW5kbGUgb2YgMzIgYnl0ZXMuLi4\"")] string Id,
    [property: MaxLength(EmailAddresses.MaxLength), Example("\"hanako@example.com\"")] string Name,
    [property: JsonPropertyName("displayName"), MaxLength(Names.MaxUsername), Example("\"hanako\"")] string DisplayName
);

/// <summary>An algorithm that is accepted.</summary>
/// <param name="Type">Always <c>public-key</c>.</param>
/// <param name="Alg">Its number in COSE: -8 is EdDSA, -7 ES256, -257 RS256.</param>
internal sealed record PasskeyAlgorithm(
    [property: AllowedValues("public-key"), Example("\"public-key\"")] string Type,
    [property: Range(-65_536, -1), Example("-7")] int Alg
);

/// <summary>A passkey that the account has.</summary>
/// <param name="Type">Always <c>public-key</c>.</param>
/// <param name="Id">Its credential id in base64url.</param>
internal sealed record PasskeyDescriptor(
    [property: AllowedValues("public-key"), Example("\"public-key\"")] string Type,
    [property: MaxLength(WebAuthnJson.MaxId), Example("\"3q2-7wAAAAAAAAAAAAAAAA\"")] string Id
);

/// <summary>What the authenticator must be able to do.</summary>
/// <param name="ResidentKey">Always <c>required</c>: the authenticator finds the passkey without being told whose it is.</param>
/// <param name="RequireResidentKey">The same for older browsers.</param>
/// <param name="UserVerification">Always <c>required</c>: by a PIN, a fingerprint or a face.</param>
internal sealed record PasskeySelection(
    [property: JsonPropertyName("residentKey"), AllowedValues("required"), Example("\"required\"")] string ResidentKey,
    [property: JsonPropertyName("requireResidentKey"), Example("true")] bool RequireResidentKey,
    [property: JsonPropertyName("userVerification"), AllowedValues("required"), Example("\"required\"")] string UserVerification
);

[JsonSerializable(typeof(PasskeyCreationOptions))]
internal sealed partial class BeginPasskeyRegistrationResponseJson : JsonSerializerContext;
