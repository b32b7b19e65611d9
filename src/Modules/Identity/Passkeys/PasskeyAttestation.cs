namespace Kumiko.Identity.Passkeys;

/// <summary>What an authenticator answers when it has made a passkey (WebAuthn, 5.2.1).</summary>
/// <param name="CredentialId">Which passkey it is.</param>
/// <param name="ClientData">What the browser says about the page, as JSON.</param>
/// <param name="AttestationObject">The public key, and what the authenticator says about itself.</param>
internal sealed record PasskeyAttestation(byte[] CredentialId, byte[] ClientData, byte[] AttestationObject);
