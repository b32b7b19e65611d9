import { createStore, localStore } from '@kumiko/browser';
import { AccountClient, SignInClient } from './generated';
import type { ChangePasswordRequest, RegisterUserRequest, TokenResponse, UserResponse } from './generated';
import { forgetPersonal } from './personal';
import { ProblemError } from './problem';

/** The person who uses this browser: not known yet, nobody, or somebody. */
export type SessionState =
  { status: 'loading'; user: null } | { status: 'anonymous'; user: null } | { status: 'signed-in'; user: UserResponse };

interface Tokens {
  accessToken: string;
  /** When the access token expires, in milliseconds since 1970 on this machine's clock. */
  expiresAt: number;
  user: UserResponse;
}

/** Messages between tabs. They never leave the browser's memory. */
type Message =
  | { kind: 'tokens'; tokens: Tokens }
  /** `left` is the person who signed out or deleted their account; null when a session ended otherwise. */
  | { kind: 'signed-out'; left: number | null }
  | { kind: 'user'; user: UserResponse }
  | { kind: 'who' };

const loading: SessionState = { status: 'loading', user: null };
const anonymous: SessionState = { status: 'anonymous', user: null };

/** Held by one tab at a time while it spends the refresh token. */
const lockName = 'kumiko.session';

/** Shows that a refresh token may exist, so that nothing is requested for visitors who never signed in. */
const hintName = 'kumiko.signed-in';

/** A token this close to its expiry is replaced before use. */
const marginMs = 30_000;

/** How long a new tab waits for another one to send the access token before it spends the refresh token. */
const handOverMs = 150;

/**
 * How long until the server is asked again who is signed in, after it was unreachable. Browsers don't always notice that the network is
 * back.
 */
const againMs = 10_000;

/** How long unsent work may delay a sign-out. */
const longestFarewellMs = 3_000;

/** The longest `Retry-After` after which a read is retried automatically. */
const longestWaitSeconds = 5;

/**
 * The browser's session with Kumiko. The access token is kept in memory and shared between tabs by messages; the refresh token is in a
 * cookie that no script can read. However many calls in however many tabs find the access token expired, it is refreshed once.
 */
export class Session {
  private tokens: Tokens | null = null;
  private readonly state = createStore<SessionState>(() => loading);
  private refreshing: Promise<Tokens | null> | null = null;
  private starting: Promise<void> | null = null;
  /** Incremented each time a session ends: answers to earlier requests then belong to nobody. */
  private ended = 0;
  /** Whether the browser's session was rejected because it was ended elsewhere. */
  private refused = false;
  private readonly farewells = new Set<() => Promise<unknown>>();
  private readonly leavers = new Set<(userId: number) => void>();
  /** Replaces {@link hintName} where storage is forbidden; null until it is known. */
  private hinted: boolean | null = null;
  private channel: BroadcastChannel | null = null;
  private readonly signIns: SignInClient;
  private readonly accounts: AccountClient;

  constructor(private readonly baseUrl = '') {
    this.signIns = new SignInClient(this.baseUrl, { fetch: (url, init) => this.send(url, init) });
    this.accounts = new AccountClient(this.baseUrl, { fetch: (url, init) => this.send(url, init) });
  }

  /** Calls the function after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => this.state.subscribe(listener);

  /** The same object until something changes. */
  readonly getState = (): SessionState => this.state.get();

  /** Whether the last session was ended elsewhere. */
  get wasEnded(): boolean {
    return this.refused;
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
      await this.current();
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
    this.leavers.add(forget);
    return () => this.leavers.delete(forget);
  }

  async signIn(email: string, password: string): Promise<UserResponse> {
    // Wait for a pending sign-out: its answer removes the cookie.
    return withLock(async () => {
      const answer = await this.signIns.signIn({ email, password });
      this.take(answer);
      return answer.user;
    });
  }

  /** Creates an account and signs in. `idempotencyKey` is the same for each attempt to create the same account. */
  async register(request: RegisterUserRequest, idempotencyKey: string): Promise<UserResponse> {
    await this.accounts.registerUser(request, idempotencyKey);
    return this.signIn(request.email, request.password);
  }

  /** Changes the password. This ends every session, and this one continues with the new tokens in the answer. */
  async changePassword(request: ChangePasswordRequest): Promise<void> {
    await this.start();
    await this.sendRefreshed(await this.current(), (tokens) => this.sendNewPassword(request, tokens));
  }

  /**
   * Ends the session and deletes the person's data in this browser: here at once and then at the server, even if the page unloads in the
   * meantime. The session ends here even if the server can't be reached.
   */
  async signOut(): Promise<void> {
    await Promise.race([Promise.allSettled([...this.farewells].map((work) => work())), pause(longestFarewellMs)]);
    const tokens = this.unexpired();
    this.leave();
    this.refused = false;
    const client = new SignInClient(this.baseUrl, { fetch: (url, init) => this.send(url, { ...init, keepalive: true }, tokens) });
    // Wait for a pending refresh: its cookie would outlive the sign-out.
    await withLock(() => client.signOut({}));
  }

  /** Drops the session and deletes the person's data in this browser without a request, after the account was deleted. */
  leave(): void {
    this.end(this.getState().user?.id ?? null);
  }

  private end(left: number | null): void {
    this.lose(left);
    this.channel?.postMessage({ kind: 'signed-out', left } satisfies Message);
  }

  /** Shows a changed account in every tab. */
  update(user: UserResponse): void {
    this.hear({ kind: 'user', user });
    this.channel?.postMessage({ kind: 'user', user } satisfies Message);
  }

  /**
   * The `fetch` of the generated clients: adds the access token, refreshes it when it has expired, and turns every failure into a
   * {@link ProblemError}.
   */
  readonly fetch = async (url: RequestInfo, init: RequestInit = {}): Promise<Response> => {
    await this.start();
    let used: Tokens | null;
    try {
      used = await this.current();
    } catch (error) {
      if (error instanceof ProblemError) {
        return this.sendWithoutRefresh(url, init, error);
      }
      throw error;
    }
    return this.sendRefreshed(used, (tokens) => this.send(url, init, tokens));
  };

  // A token may be rejected before it expires: the session was ended elsewhere, or the server changed its keys.
  private async sendRefreshed<T>(used: Tokens | null, send: (tokens: Tokens | null) => Promise<T>): Promise<T> {
    try {
      return await send(used);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401 || used === null) {
        throw error;
      }
      const fresh = await this.refresh(used);
      if (fresh === null) {
        throw error;
      }
      return send(fresh);
    }
  }

  // No other tab may spend the refresh token in the meantime, since the change of the password invalidates it.
  private sendNewPassword(request: ChangePasswordRequest, tokens: Tokens | null): Promise<void> {
    const client = new AccountClient(this.baseUrl, { fetch: (url, init) => this.send(url, init, tokens) });
    return withLock(async () => {
      this.take(await client.changePassword(request));
    });
  }

  // Identity may be unreachable while the rest works: use a token until it expires, and send public reads without one.
  private async sendWithoutRefresh(url: RequestInfo, init: RequestInit, failure: ProblemError): Promise<Response> {
    const tokens = this.unexpired();
    if (tokens === null && (init.method ?? 'GET') !== 'GET') {
      throw failure;
    }
    try {
      return await this.send(url, init, tokens);
    } catch (error) {
      // Nobody was signed out: a token could not be obtained.
      throw error instanceof ProblemError && error.status === 401 ? failure : error;
    }
  }

  private async send(url: RequestInfo, init: RequestInit = {}, tokens: Tokens | null = null): Promise<Response> {
    const headers = new Headers(init.headers);
    // The generated clients send an omitted argument as an empty header, and an empty If-Match matches nothing.
    for (const name of ['If-Match', 'If-None-Match', 'Idempotency-Key']) {
      if (headers.get(name) === '') {
        headers.delete(name);
      }
    }
    if (tokens !== null) {
      headers.set('Authorization', `Bearer ${tokens.accessToken}`);
    }
    const isRead = (init.method ?? 'GET') === 'GET';
    // A deletion that is sent when the page unloads must still arrive.
    const keepalive = init.keepalive ?? init.method === 'DELETE';
    for (let attempt = 0; ; attempt++) {
      let response: Response;
      try {
        response = await globalThis.fetch(url, {
          ...init,
          headers,
          keepalive,
          credentials: 'same-origin',
          ...(isPersonal(url) && { cache: 'no-store' }),
        });
      } catch (error) {
        if (init.signal?.aborted) {
          throw error;
        }
        throw new ProblemError(0, {}, null, { cause: error });
      }
      if (response.ok) {
        return response;
      }
      const failure = await ProblemError.from(response);
      const wait = failure.retryAfter;
      if (!isRead || attempt > 0 || wait === null || wait > longestWaitSeconds || (failure.status !== 429 && failure.status !== 503)) {
        throw failure;
      }
      await pause(wait * 1000);
    }
  }

  private async resume(): Promise<void> {
    // Not before the page runs: a server that renders pages would leave one channel open for each.
    if (typeof BroadcastChannel !== 'undefined') {
      try {
        this.channel = new BroadcastChannel('kumiko.session');
        this.channel.addEventListener('message', (event: MessageEvent<Message>) => this.hear(event.data));
      } catch {
        // Storage is forbidden, and with it the messages between tabs.
      }
    }
    if (!this.hint()) {
      this.show(anonymous);
      return;
    }
    const handedOver = new Promise<void>((resolve) => {
      const stop = this.subscribe(() => {
        stop();
        resolve();
      });
    });
    this.channel?.postMessage({ kind: 'who' } satisfies Message);
    await Promise.race([handedOver, pause(this.channel === null ? 0 : handOverMs)]);
    if (this.tokens !== null) {
      return;
    }
    await this.find();
  }

  // Without a network it stays unknown who is signed in. The page keeps a place for a person who was here before and is again once the
  // network is back.
  private async find(): Promise<void> {
    try {
      await this.refresh(null);
    } catch (error) {
      if (this.getState().status !== 'loading') {
        return;
      }
      if (error instanceof ProblemError && error.status === 0 && isRemembered()) {
        void this.findLater();
      } else {
        // The service is unreachable. Nobody was signed out: the next call tries again.
        this.show(anonymous);
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

  private unexpired(): Tokens | null {
    return this.tokens !== null && this.tokens.expiresAt > Date.now() ? this.tokens : null;
  }

  /** The access token, renewed if it is about to expire; null if nobody is signed in. */
  private async current(): Promise<Tokens | null> {
    const tokens = this.tokens;
    if (tokens === null) {
      return this.hint() && this.starting !== null ? this.refresh(null) : null;
    }
    return tokens.expiresAt - marginMs > Date.now() ? tokens : this.refresh(tokens);
  }

  /** Gets new tokens, once for all concurrent callers; null when the session is over. */
  private refresh(spent: Tokens | null): Promise<Tokens | null> {
    this.refreshing ??= withLock(async () => {
      // Another tab or another call may have been faster.
      if (this.tokens !== null && this.tokens.accessToken !== spent?.accessToken) {
        return this.tokens;
      }
      const { ended } = this;
      try {
        const answer = await this.signIns.refreshTokens();
        // A person who has signed out in the meantime stays signed out.
        return ended === this.ended ? this.take(answer) : null;
      } catch (error) {
        if (error instanceof ProblemError && (error.status === 401 || error.status === 400)) {
          if (ended === this.ended && this.tokens?.accessToken === spent?.accessToken) {
            // Where storage is forbidden, the server is asked for every visitor, and there may never have been a session.
            this.refused = spent !== null || isRemembered();
            this.end(null);
          }
          return null;
        }
        throw error;
      }
    }).finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  private take(answer: TokenResponse): Tokens {
    const tokens = { accessToken: answer.access_token, expiresAt: Date.now() + answer.expires_in * 1000, user: answer.user };
    this.hear({ kind: 'tokens', tokens });
    this.channel?.postMessage({ kind: 'tokens', tokens } satisfies Message);
    return tokens;
  }

  private hear(message: Message): void {
    switch (message.kind) {
      case 'tokens':
        this.tokens = message.tokens;
        this.refused = false;
        this.remember(true);
        this.show({ status: 'signed-in', user: message.tokens.user });
        break;
      case 'user':
        // The answer to one person's request may arrive after another person has signed in.
        if (this.tokens !== null && this.tokens.user.id === message.user.id) {
          this.tokens = { ...this.tokens, user: message.user };
          this.show({ status: 'signed-in', user: message.user });
        }
        break;
      case 'signed-out':
        this.lose(message.left);
        break;
      case 'who':
        if (this.tokens !== null && this.tokens.expiresAt - marginMs > Date.now()) {
          this.channel?.postMessage({ kind: 'tokens', tokens: this.tokens } satisfies Message);
        }
        break;
    }
  }

  private lose(left: number | null): void {
    this.ended += 1;
    this.tokens = null;
    this.remember(false);
    if (left !== null) {
      for (const forget of [...this.leavers]) {
        forget(left);
      }
      forgetPersonal(left);
    }
    this.show(anonymous);
  }

  /** Whether a refresh token may be there. */
  private hint(): boolean {
    // Where storage is forbidden, assume that the visitor may have signed in, until the server answers.
    return isRemembered() || (localStore.isForbidden && (this.hinted ?? true));
  }

  private remember(isSignedIn: boolean): void {
    this.hinted = isSignedIn;
    localStore.set(hintName, isSignedIn ? '1' : null);
  }

  private show(state: SessionState): void {
    const { status, user } = this.getState();
    if (state.status !== status || state.user !== user) {
      this.state.set(state);
    }
  }
}

// Where a browser has no locks, or forbids them together with storage, the server's grace period of ten seconds for a spent token replaces
// them.
async function withLock<T>(work: () => Promise<T>): Promise<T> {
  let isHeld = false as boolean;
  if (typeof navigator !== 'undefined' && 'locks' in navigator) {
    try {
      return await navigator.locks.request(lockName, () => {
        isHeld = true;
        return work();
      });
    } catch (error) {
      if (isHeld) {
        throw error;
      }
    }
  }
  return work();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

// Don't let the browser's cache answer personal requests: the next person uses the same address.
function isPersonal(url: RequestInfo): boolean {
  return (typeof url === 'string' ? url : url.url).includes('/api/auth/');
}

function isRemembered(): boolean {
  return localStore.get(hintName) !== null;
}
