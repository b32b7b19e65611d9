namespace Kumiko.Identity.Passkeys;

/// <summary>What an authenticator answers when somebody uses a passkey (WebAuthn, 5.2.2).</summary>
/// <param name="CredentialId">Which passkey it is.</param>
/// <param name="ClientData">What the browser says about the page, as JSON.</param>
/// <param name="AuthenticatorData">What the authenticator says about itself.</param>
/// <param name="Signature">The passkey's signature over both.</param>
/// <param name="UserHandle">Whose passkey the authenticator says it is.</param>
internal sealed record PasskeyAssertion(
    byte[] CredentialId,
    byte[] ClientData,
    byte[] AuthenticatorData,
    byte[] Signature,
    byte[] UserHandle
);
