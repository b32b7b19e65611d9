import { localStore } from '@kumiko/browser';

const name = 'kumiko.signed-in';

/** Remembers that a refresh token may exist, so that nothing is requested for visitors who never signed in. */
export class SignInHint {
  /** Replaces the stored hint where storage is forbidden; null until it is known. */
  private hinted: boolean | null = null;

  get isStored(): boolean {
    return localStore.get(name) !== null;
  }

  /** Whether a refresh token may exist. */
  get isGiven(): boolean {
    // Where storage is forbidden, assume that the visitor may have signed in, until the server answers.
    return this.isStored || (localStore.isForbidden && (this.hinted ?? true));
  }

  set(isSignedIn: boolean): void {
    this.hinted = isSignedIn;
    localStore.set(name, isSignedIn ? '1' : null);
  }
}
