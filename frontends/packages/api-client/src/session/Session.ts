import { AccountClient, ApiException, PasskeysClient, SignInClient } from '../generated';
import type {
  ChangePasswordRequest,
  FinishPasskeySignInRequest,
  PasskeyRequestOptions,
  ReauthenticateRequest,
  RegisterUserRequest,
  SignInRequest,
  UserResponse,
} from '../generated';
import { pause } from '../pause';
import { ProblemError } from '../problem';
import { send } from '../send';
import { AccessTokens } from './AccessTokens';
import { withLock } from './lock';
import { SharedSession, type SessionState } from './SharedSession';
import type { Tokens } from './Tabs';

/**
 * How long until the server is asked again who is signed in, after it was unreachable. Browsers don't always notice that the network is
 * back.
 */
const againMs = 10_000;

/** How long unsent work may delay a sign-out. */
const longestFarewellMs = 3_000;

/**
 * The browser's session with Kumiko. The access token is kept in memory and shared between tabs by messages; the refresh token is in a
 * cookie that no script can read.
 */
export class Session {
  private readonly shared = new SharedSession();
  private readonly farewells = new Set<() => Promise<unknown>>();
  private readonly signIns: SignInClient;
  private readonly accounts: AccountClient;
  private readonly passkeys: PasskeysClient;
  private readonly tokens: AccessTokens;
  private starting: Promise<void> | null = null;

  constructor(private readonly baseUrl = '') {
    this.signIns = new SignInClient(this.baseUrl, { fetch: send });
    this.accounts = new AccountClient(this.baseUrl, { fetch: send });
    this.passkeys = new PasskeysClient(this.baseUrl, { fetch: send });
    this.tokens = new AccessTokens(this.shared, this.signIns);
  }

  /** Calls the function after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => this.shared.subscribe(listener);

  /** The same object until something changes. */
  readonly getState = (): SessionState => this.shared.getState();

  /** Whether the last session was ended elsewhere. */
  get wasEnded(): boolean {
    return this.shared.wasEnded;
  }

  /** Finds out who uses this browser, immediately for a person who never signed in. Call it once the page runs. */
  start(): Promise<void> {
    this.starting ??= this.resume();
    return this.starting;
  }

  /** Renews an access token that is about to expire, so that a request that is sent when the page unloads doesn't have to wait. */
  async prepare(): Promise<void> {
    try {
      await this.start();
      await this.tokens.current();
    } catch {
      // The service is unreachable; requests that need the token report it.
    }
  }

  /** Registers work to finish before the person signs out. Returns a function that removes it. */
  beforeSignOut(work: () => Promise<unknown>): () => void {
    this.farewells.add(work);
    return () => this.farewells.delete(work);
  }

  /**
   * Registers a function that deletes a person's data when they leave on purpose, in this tab or another: they sign out or delete their
   * account. It isn't called when a session ends otherwise, because a person who signs in again continues where they stopped. Returns a
   * function that removes it.
   */
  whenLeft(forget: (userId: number) => void): () => void {
    return this.shared.whenLeft(forget);
  }

  /** Signs in. The refresh token goes into the cookie. */
  async signIn(request: SignInRequest): Promise<UserResponse> {
    // Wait for a pending sign-out: its answer removes the cookie.
    return withLock(async () => this.shared.take(await this.signIns.signIn(request)).user);
  }

  /** The options for a passkey that signs in, or proves again who the person is. They are good once, for five minutes. */
  beginPasskey(): Promise<PasskeyRequestOptions> {
    return this.passkeys.beginPasskeySignIn();
  }

  /** Signs in with a passkey. */
  async signInWithPasskey(proof: FinishPasskeySignInRequest): Promise<UserResponse> {
    // Wait for a pending sign-out: its answer removes the cookie.
    return withLock(async () => this.shared.take(await this.passkeys.finishPasskeySignIn(proof)).user);
  }

  /** Proves again who the person is, which some requests want. Every tab continues with the new access token. */
  async reauthenticate(proof: ReauthenticateRequest): Promise<void> {
    await this.start();
    await this.sendRefreshed(await this.tokens.current(), async (tokens) => {
      const client = new SignInClient(this.baseUrl, { fetch: (url, init) => send(url, init, tokens?.accessToken) });
      this.shared.take(await client.reauthenticate(proof));
    });
  }

  /**
   * Creates an account and signs in. `idempotencyKey` is the same for each attempt to create the same account. Null if the server doesn't
   * say whether there is an account now: the person gets a mail, and signs in after that.
   */
  async register(request: RegisterUserRequest, idempotencyKey: string): Promise<UserResponse | null> {
    try {
      await this.accounts.registerUser(request, idempotencyKey);
    } catch (error) {
      // The generated client takes every answer without a body for a failure.
      if (error instanceof ApiException && error.status === 202) {
        return null;
      }
      throw error;
    }
    return this.signIn({ email: request.email, password: request.password });
  }

  /** Changes the password. This ends every session, and this one continues with the new tokens in the answer. */
  async changePassword(request: ChangePasswordRequest): Promise<void> {
    await this.start();
    await this.sendRefreshed(await this.tokens.current(), (tokens) => this.sendNewPassword(request, tokens));
  }

  /**
   * Ends the session and deletes the person's data in this browser: here at once and then at the server, even if the page unloads in the
   * meantime. The session ends here even if the server can't be reached.
   */
  async signOut(): Promise<void> {
    await Promise.race([Promise.allSettled([...this.farewells].map((work) => work())), pause(longestFarewellMs)]);
    const accessToken = this.shared.unexpired?.accessToken;
    this.leave();
    this.shared.wasEnded = false;
    const client = new SignInClient(this.baseUrl, { fetch: (url, init) => send(url, { ...init, keepalive: true }, accessToken) });
    // Wait for a pending refresh: its cookie would outlive the sign-out.
    await withLock(() => client.signOut({}));
  }

  /** Drops the session and deletes the person's data in this browser without a request, after the account was deleted. */
  leave(): void {
    this.shared.end(this.getState().user?.id ?? null);
  }

  /** Shows a changed account in every tab. */
  update(user: UserResponse): void {
    this.shared.update(user);
  }

  /**
   * The `fetch` of the generated clients: adds the access token, refreshes it when it has expired, and turns every failure into a
   * {@link ProblemError}.
   */
  readonly fetch = async (url: RequestInfo, init: RequestInit = {}): Promise<Response> => {
    await this.start();
    let used: Tokens | null;
    try {
      used = await this.tokens.current();
    } catch (error) {
      if (error instanceof ProblemError) {
        return this.sendWithoutRefresh(url, init, error);
      }
      throw error;
    }
    return this.sendRefreshed(used, (tokens) => send(url, init, tokens?.accessToken));
  };

  // A token may be rejected before it expires: the session was ended elsewhere, or the server changed its keys. Or it says that the person
  // has to confirm the address, who may have done so since, perhaps on another device.
  private async sendRefreshed<T>(used: Tokens | null, sendWith: (tokens: Tokens | null) => Promise<T>): Promise<T> {
    try {
      return await sendWith(used);
    } catch (error) {
      const isUnverified = error instanceof ProblemError && error.need === 'verified-email';
      if (!(error instanceof ProblemError) || !(error.status === 401 || isUnverified) || used === null) {
        throw error;
      }
      const fresh = await this.tokens.refresh(used);
      if (fresh === null || (isUnverified && !fresh.user.email_verified)) {
        throw error;
      }
      return sendWith(fresh);
    }
  }

  // No other tab may spend the refresh token in the meantime, since the change of the password invalidates it.
  private sendNewPassword(request: ChangePasswordRequest, tokens: Tokens | null): Promise<void> {
    const client = new AccountClient(this.baseUrl, { fetch: (url, init) => send(url, init, tokens?.accessToken) });
    return withLock(async () => {
      this.shared.take(await client.changePassword(request));
    });
  }

  // Identity may be unreachable while the rest works: use a token until it expires, and send public reads without one.
  private async sendWithoutRefresh(url: RequestInfo, init: RequestInit, failure: ProblemError): Promise<Response> {
    const { unexpired } = this.shared;
    if (unexpired === null && (init.method ?? 'GET') !== 'GET') {
      throw failure;
    }
    try {
      return await send(url, init, unexpired?.accessToken);
    } catch (error) {
      // Nobody was signed out: a token could not be obtained.
      throw error instanceof ProblemError && error.status === 401 ? failure : error;
    }
  }

  private async resume(): Promise<void> {
    this.shared.connect();
    if (!this.shared.mayResume) {
      this.shared.showNobody();
      return;
    }
    await this.shared.askTabs();
    if (this.shared.tokens === null) {
      await this.find();
    }
  }

  // Without a network it stays unknown who is signed in. The page keeps a place for a person who was here before and is again once the
  // network is back.
  private async find(): Promise<void> {
    try {
      await this.tokens.refresh(null);
    } catch (error) {
      if (this.getState().status !== 'loading') {
        return;
      }
      if (error instanceof ProblemError && error.status === 0 && this.shared.isRemembered) {
        void this.findLater();
      } else {
        // The service is unreachable. Nobody was signed out: the next call tries again.
        this.shared.showNobody();
      }
    }
  }

  private async findLater(): Promise<void> {
    await new Promise((resolve) => {
      globalThis.addEventListener('online', resolve, { once: true });
      setTimeout(resolve, againMs);
    });
    if (this.getState().status === 'loading') {
      await this.find();
    }
  }
}
