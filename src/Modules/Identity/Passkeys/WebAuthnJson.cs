using System.Buffers.Text;
using System.Text.Json;

namespace Kumiko.Identity.Passkeys;

/// <summary>Reads the JSON of WebAuthn, whose bytes are in base64url.</summary>
internal static class WebAuthnJson
{
    /// <summary>The longest id: WebAuthn allows 1,023 bytes.</summary>
    public const int MaxId = 1_364;

    /// <summary>The longest part of an answer. Certificates of an attestation take a few kilobytes.</summary>
    public const int MaxPart = 16_384;

    /// <summary>The longest type.</summary>
    public const int MaxType = 32;

    private const string PublicKey = "public-key";

    /// <summary>An answer as bytes; null if a part is missing or malformed.</summary>
    public static PasskeyAssertion? ReadAssertion(string? id, string? type, PasskeyAssertionAnswer? answer) =>
        type is null or PublicKey
        && Bytes(id, MaxId) is { } credentialId
        && Bytes(answer?.ClientDataJson, MaxPart) is { } clientData
        && Bytes(answer?.AuthenticatorData, MaxPart) is { } authenticatorData
        && Bytes(answer?.Signature, MaxPart) is { } signature
        && Bytes(answer?.UserHandle, MaxId) is { } userHandle
            ? new PasskeyAssertion(credentialId, clientData, authenticatorData, signature, userHandle)
            : null;

    /// <summary>The answer to a request for a new passkey as bytes; null if a part is missing or malformed.</summary>
    public static PasskeyAttestation? ReadAttestation(string? id, string? type, string? clientDataJson, string? attestationObject) =>
        type is null or PublicKey
        && Bytes(id, MaxId) is { } credentialId
        && Bytes(clientDataJson, MaxPart) is { } clientData
        && Bytes(attestationObject, MaxPart) is { } attestation
            ? new PasskeyAttestation(credentialId, clientData, attestation)
            : null;

    /// <summary>The challenge that the client data names; null if it names none.</summary>
    public static byte[]? FindChallenge(byte[] clientData)
    {
        try
        {
            using var json = JsonDocument.Parse(clientData);
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("challenge", out var challenge)
                && challenge.ValueKind == JsonValueKind.String
                ? Bytes(challenge.GetString(), MaxId)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or a text that is not Unicode.
            return null;
        }
    }

    private static byte[]? Bytes(string? text, int max) =>
        text is { Length: > 0 } && text.Length <= max && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
