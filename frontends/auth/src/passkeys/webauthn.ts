import type { PasskeyAnswer, PasskeyCreation, PasskeyOptions, PasskeyProof } from '@kumiko/api-client';

// The person, or the end of the time; and the page, by its signal.
const declined = new Set(['NotAllowedError', 'AbortError', 'TimeoutError']);

/** The person closed the browser's dialog, or took too long. */
export class PasskeyDeclined extends Error {}

/** The device that the person chose already holds a passkey of this account. */
export class PasskeyThere extends Error {}

/** Whether this browser uses passkeys here. It doesn't without TLS, and older ones don't read the API's options. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function' && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';
}

/** Whether this browser offers passkeys in the autofill of a field. */
export async function fillsInPasskeys(): Promise<boolean> {
  return hasPasskeys() && (await PublicKeyCredential.isConditionalMediationAvailable());
}

/** Lets the person choose a device that makes a passkey. */
export async function makePasskey(options: PasskeyCreation): Promise<PasskeyAnswer> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return (await answerOf(navigator.credentials.create({ publicKey }))) as PasskeyAnswer;
}

/**
 * Lets the person choose a passkey. With `autofill`, the browser offers them beside the saved passwords, until the signal ends that; else
 * it opens its dialog.
 */
export async function askForPasskey(options: PasskeyOptions, autofill?: AbortSignal): Promise<PasskeyProof> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const how: CredentialRequestOptions = autofill === undefined ? {} : { mediation: 'conditional', signal: autofill };
  return (await answerOf(navigator.credentials.get({ publicKey, ...how }))) as PasskeyProof;
}

async function answerOf(asked: Promise<Credential | null>): Promise<unknown> {
  let credential: Credential | null;
  try {
    credential = await asked;
  } catch (error) {
    // Browsers don't say more, so that no page finds out which passkeys somebody has (WebAuthn, 14.5.2).
    if (error instanceof DOMException && declined.has(error.name)) {
      throw new PasskeyDeclined();
    }
    throw error instanceof DOMException && error.name === 'InvalidStateError' ? new PasskeyThere() : error;
  }
  if (!(credential instanceof PublicKeyCredential)) {
    throw new PasskeyDeclined();
  }
  const answer: unknown = credential.toJSON();
  return answer;
}
