using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Passkeys;

/// <summary>The answer of an authenticator, as <c>PublicKeyCredential.toJSON()</c> writes it (WebAuthn level 3, 5.1.8.1).</summary>
internal record PasskeyAssertionRequest
{
    /// <summary>The credential's id.</summary>
    [Required, MaxLength(WebAuthnJson.MaxId), Example("\"3q2-7wAAAAAAAAAAAAAAAA\"")]
    public string? Id { get; init; }

    /// <summary>The credential's id again.</summary>
    [JsonPropertyName("rawId"), MaxLength(WebAuthnJson.MaxId), Example("\"3q2-7wAAAAAAAAAAAAAAAA\"")]
    public string? RawId { get; init; }

    /// <summary>Always <c>public-key</c>.</summary>
    [MaxLength(WebAuthnJson.MaxType), Example("\"public-key\"")]
    public string? Type { get; init; }

    /// <summary>What the authenticator signed, and the signature.</summary>
    [Required]
    public PasskeyAssertionAnswer Response { get; init; } = new();

    /// <summary>The answer as bytes; null if a part is missing or malformed.</summary>
    public PasskeyAssertion? Read() => WebAuthnJson.ReadAssertion(Id, Type, Response);
}

/// <summary>What the authenticator signed, and the signature; each in base64url.</summary>
internal sealed record PasskeyAssertionAnswer
{
    /// <summary>What the browser says about the page.</summary>
    [
        Required,
        JsonPropertyName("clientDataJSON"),
        MaxLength(WebAuthnJson.MaxPart),
        Example("\"eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiLi4uIiwib3JpZ2luIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZS5jb20ifQ\"")
    ]
    public string? ClientDataJson { get; init; }

    /// <summary>What the authenticator says about itself.</summary>
    [
        Required,
        JsonPropertyName("authenticatorData"),
        MaxLength(WebAuthnJson.MaxPart),
        Example("\"o3mm9u6vuaVeN4wRgDTidR5oL6ufLTCrE9ISWYbOGUcdAAAAAQ\"")
    ]
    public string? AuthenticatorData { get; init; }

    /// <summary>The signature.</summary>
    [Required, MaxLength(WebAuthnJson.MaxPart), Example("\"MEUCIQDx7yzZ4bJ8mY7aV2K9a1mN0nM3b6lq3o1n0y2Q4d5e6wIgYx\"")]
    public string? Signature { get; init; }

    /// <summary>Whose passkey it is, as the options said when it was made.</summary>
    [Required, JsonPropertyName("userHandle"), MaxLength(WebAuthnJson.MaxId), Example("\"c29tZWJvZHkncyBoYW5kbGUgb2YgMzIgYnl0ZXMuLi4\"")]
    public string? UserHandle { get; init; }
}
