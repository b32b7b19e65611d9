using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.FinishPasskeyRegistration;

/// <summary>A new passkey, as <c>PublicKeyCredential.toJSON()</c> writes it (WebAuthn level 3, 5.1.8.1), and its name.</summary>
internal sealed record FinishPasskeyRegistrationRequest
{
    /// <summary>What the owner calls it. Left out, it is named after the browser and the system.</summary>
    [MaxLength(PasskeyRules.MaxName), Example("\"Work laptop\"")]
    public string? Name { get; init; }

    /// <summary>The credential's id.</summary>
    [Required, MaxLength(WebAuthnJson.MaxId), Example("\"3q2-7wAAAAAAAAAAAAAAAA\"")]
    public string? Id { get; init; }

    /// <summary>The credential's id again.</summary>
    [JsonPropertyName("rawId"), MaxLength(WebAuthnJson.MaxId), Example("\"3q2-7wAAAAAAAAAAAAAAAA\"")]
    public string? RawId { get; init; }

    /// <summary>Always <c>public-key</c>.</summary>
    [MaxLength(WebAuthnJson.MaxType), Example("\"public-key\"")]
    public string? Type { get; init; }

    /// <summary>The public key, and what the browser says about the page.</summary>
    [Required]
    public PasskeyAttestationAnswer Response { get; init; } = new();
}

/// <summary>The public key, and what the browser says about the page; each in base64url.</summary>
internal sealed record PasskeyAttestationAnswer
{
    /// <summary>What the browser says about the page.</summary>
    [
        Required,
        JsonPropertyName("clientDataJSON"),
        MaxLength(WebAuthnJson.MaxPart),
        Example("\"eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiLi4uIiwib3JpZ2luIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZS5jb20ifQ\"")
    ]
    public string? ClientDataJson { get; init; }

    /// <summary>The public key, in what the authenticator says about itself.</summary>
    [
        Required,
        JsonPropertyName("attestationObject"),
        MaxLength(WebAuthnJson.MaxPart),
        Example("\"o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVkBZw\"")
    ]
    public string? AttestationObject { get; init; }
}

[JsonSerializable(typeof(FinishPasskeyRegistrationRequest))]
internal sealed partial class FinishPasskeyRegistrationRequestJson : JsonSerializerContext;
