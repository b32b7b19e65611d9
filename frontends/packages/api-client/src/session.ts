import { AccountClient, SignInClient } from './generated';
import type { ChangePasswordRequest, RegisterUserRequest, TokenResponse, UserResponse } from './generated';
import { forgetPersonal } from './personal';
import { ProblemError } from './problem';

/** Who uses this browser: not known yet, nobody, or somebody. */
export type SessionState =
  { status: 'loading'; user: null } | { status: 'anonymous'; user: null } | { status: 'signed-in'; user: UserResponse };

interface Tokens {
  accessToken: string;
  /** When the access token expires, in milliseconds since 1970 on this machine's clock. */
  expiresAt: number;
  user: UserResponse;
}

/** What tabs tell each other; it never leaves the browser's memory. */
type Message =
  | { kind: 'tokens'; tokens: Tokens }
  /** `left` is who signed out or deleted their account; null when a session ended otherwise. */
  | { kind: 'signed-out'; left: number | null }
  | { kind: 'user'; user: UserResponse }
  | { kind: 'who' };

const loading: SessionState = { status: 'loading', user: null };
const anonymous: SessionState = { status: 'anonymous', user: null };

/** Held while the refresh token is spent, by one tab at a time. */
const lockName = 'kumiko.session';

/** Says that a refresh token may be there, so that visitors who never signed in are not asked for one. */
const hintName = 'kumiko.signed-in';

/** A token this close to its end is replaced before it is used. */
const marginMs = 30_000;

/** How long a new tab waits for another one to hand it the access token before it spends the refresh token. */
const handOverMs = 150;

/** How long until the server is asked again who it is, after it could not be reached. The browser does not always know that the network is back. */
const againMs = 10_000;

/** How long what is still to be sent may keep somebody from being signed out. */
const longestFarewellMs = 3_000;

/** The longest `Retry-After` that a read waits for by itself. */
const longestWaitSeconds = 5;

/**
 * The browser's session with Kumiko. The access token lives in memory and is shared between tabs by messages; the refresh token lives in a
 * cookie that no script can read. However many calls find that the access token has expired, in however many tabs, it is refreshed once.
 */
export class Session {
  private tokens: Tokens | null = null;
  private state: SessionState = loading;
  private refreshing: Promise<Tokens | null> | null = null;
  private starting: Promise<void> | null = null;
  /** Goes up each time a session is over: what was asked for before belongs to nobody. */
  private ended = 0;
  /** Whether the session that this browser had was refused: it was ended elsewhere. */
  private refused = false;
  private readonly listeners = new Set<() => void>();
  private readonly farewells = new Set<() => Promise<unknown>>();
  private readonly leavers = new Set<(userId: number) => void>();
  /** Stands in for {@link hintName} where storage is forbidden; null until it is known. */
  private hinted: boolean | null = null;
  private channel: BroadcastChannel | null = null;
  private readonly signIns: SignInClient;
  private readonly accounts: AccountClient;

  constructor(private readonly baseUrl = '') {
    this.signIns = new SignInClient(this.baseUrl, { fetch: (url, init) => this.send(url, init) });
    this.accounts = new AccountClient(this.baseUrl, { fetch: (url, init) => this.send(url, init) });
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** For `useSyncExternalStore`: the same object until something changes. */
  readonly getState = (): SessionState => this.state;

  /** Whether there was a session until now that was ended elsewhere. */
  get wasEnded(): boolean {
    return this.refused;
  }

  /** Finds out who uses this browser; at once for somebody who never signed in. Call it once the page runs. */
  start(): Promise<void> {
    this.starting ??= this.resume();
    return this.starting;
  }

  /** Renews an access token that is about to expire, so that what is sent as the page goes has nothing to wait for. */
  async prepare(): Promise<void> {
    try {
      await this.start();
      await this.current();
    } catch {
      // The service is away; what needs the token says so.
    }
  }

  /** Has work sent while somebody is still signed in: it is done before they sign out. Returns what takes it back. */
  beforeSignOut(work: () => Promise<unknown>): () => void {
    this.farewells.add(work);
    return () => this.farewells.delete(work);
  }

  /**
   * Has something forgotten when somebody leaves of their own will, in this tab or another: they sign out or delete their account. It is not called when
   * a session ends otherwise, as whoever signs in again goes on where they were. Returns what takes it back.
   */
  whenLeft(forget: (userId: number) => void): () => void {
    this.leavers.add(forget);
    return () => this.leavers.delete(forget);
  }

  async signIn(email: string, password: string): Promise<UserResponse> {
    // Not before a sign-out that is under way: its answer takes the cookie away.
    return withLock(async () => {
      const answer = await this.signIns.signIn({ email, password });
      this.take(answer);
      return answer.user;
    });
  }

  /** Makes an account and signs in with it. `idempotencyKey` is the same for each attempt at the same account. */
  async register(request: RegisterUserRequest, idempotencyKey: string): Promise<UserResponse> {
    await this.accounts.registerUser(request, idempotencyKey);
    return this.signIn(request.email, request.password);
  }

  /** Changes the password. It ends every session, and this one goes on with the new tokens of the answer. */
  async changePassword(request: ChangePasswordRequest): Promise<void> {
    await this.start();
    await this.sendRefreshed(await this.current(), (tokens) => this.sendNewPassword(request, tokens));
  }

  /**
   * Ends the session, and what is kept for the person in this browser, at once here and then at the server, even if the page goes meanwhile. It is over here even if the server cannot be told.
   */
  async signOut(): Promise<void> {
    await Promise.race([Promise.allSettled([...this.farewells].map((work) => work())), pause(longestFarewellMs)]);
    const tokens = this.unexpired();
    this.leave();
    this.refused = false;
    const client = new SignInClient(this.baseUrl, { fetch: (url, init) => this.send(url, { ...init, keepalive: true }, tokens) });
    // Not before a new refresh token that is on its way: its cookie would outlive the sign-out.
    await withLock(() => client.signOut({}));
  }

  /** Forgets the session without a request, and what is kept for the person in this browser, after the account was deleted. */
  leave(): void {
    this.end(this.state.user?.id ?? null);
  }

  private end(left: number | null): void {
    this.lose(left);
    this.channel?.postMessage({ kind: 'signed-out', left } satisfies Message);
  }

  /** Shows a changed account, in every tab. */
  update(user: UserResponse): void {
    this.hear({ kind: 'user', user });
    this.channel?.postMessage({ kind: 'user', user } satisfies Message);
  }

  /**
   * What the generated clients send with: adds the access token, refreshes it when it has expired, and turns every failure into a
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

  // A token may be refused before it expires: the session was ended elsewhere, or the server changed its keys.
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

  // No other tab may spend the refresh token meanwhile: it is void as soon as the password is changed.
  private sendNewPassword(request: ChangePasswordRequest, tokens: Tokens | null): Promise<void> {
    const client = new AccountClient(this.baseUrl, { fetch: (url, init) => this.send(url, init, tokens) });
    return withLock(async () => {
      this.take(await client.changePassword(request));
    });
  }

  // Identity may be away while the rest is there: a token serves to its very end, and what anyone may read needs none.
  private async sendWithoutRefresh(url: RequestInfo, init: RequestInit, failure: ProblemError): Promise<Response> {
    const tokens = this.unexpired();
    if (tokens === null && (init.method ?? 'GET') !== 'GET') {
      throw failure;
    }
    try {
      return await this.send(url, init, tokens);
    } catch (error) {
      // Nobody was signed out: the token could not be had.
      throw error instanceof ProblemError && error.status === 401 ? failure : error;
    }
  }

  private async send(url: RequestInfo, init: RequestInit = {}, tokens: Tokens | null = null): Promise<Response> {
    const headers = new Headers(init.headers);
    // The generated clients send an argument that was left out as an empty header, and an empty If-Match matches nothing.
    for (const name of ['If-Match', 'If-None-Match', 'Idempotency-Key']) {
      if (headers.get(name) === '') {
        headers.delete(name);
      }
    }
    if (tokens !== null) {
      headers.set('Authorization', `Bearer ${tokens.accessToken}`);
    }
    const isRead = (init.method ?? 'GET') === 'GET';
    // A deletion that is sent as the page goes still arrives.
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
    // Not before the page runs: where pages are made by a server, each would leave one open there.
    if (typeof BroadcastChannel !== 'undefined') {
      try {
        this.channel = new BroadcastChannel('kumiko.session');
        this.channel.addEventListener('message', (event: MessageEvent<Message>) => this.hear(event.data));
      } catch {
        // Storage is forbidden, and with it what tabs tell each other.
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

  // Without a network it stays unknown who it is, for whom a page keeps a place: they were here before, and are once it is back.
  private async find(): Promise<void> {
    try {
      await this.refresh(null);
    } catch (error) {
      if (this.state.status !== 'loading') {
        return;
      }
      if (error instanceof ProblemError && error.status === 0 && isRemembered()) {
        void this.findLater();
      } else {
        // The service is away. Nobody was signed out: the next call tries again.
        this.show(anonymous);
      }
    }
  }

  private async findLater(): Promise<void> {
    await new Promise((resolve) => {
      globalThis.addEventListener('online', resolve, { once: true });
      setTimeout(resolve, againMs);
    });
    if (this.state.status === 'loading') {
      await this.find();
    }
  }

  private unexpired(): Tokens | null {
    return this.tokens !== null && this.tokens.expiresAt > Date.now() ? this.tokens : null;
  }

  /** The access token, a new one if it is about to expire; null for nobody. */
  private async current(): Promise<Tokens | null> {
    const tokens = this.tokens;
    if (tokens === null) {
      return this.hint() && this.starting !== null ? this.refresh(null) : null;
    }
    return tokens.expiresAt - marginMs > Date.now() ? tokens : this.refresh(tokens);
  }

  /** Gets new tokens, once for all who ask at the same time; null when the session is over. */
  private refresh(spent: Tokens | null): Promise<Tokens | null> {
    this.refreshing ??= withLock(async () => {
      // Another tab, or another call, may have been faster.
      if (this.tokens !== null && this.tokens.accessToken !== spent?.accessToken) {
        return this.tokens;
      }
      const { ended } = this;
      try {
        const answer = await this.signIns.refreshTokens();
        // Whoever signed out meanwhile stays so.
        return ended === this.ended ? this.take(answer) : null;
      } catch (error) {
        if (error instanceof ProblemError && (error.status === 401 || error.status === 400)) {
          if (ended === this.ended && this.tokens?.accessToken === spent?.accessToken) {
            // Where storage is forbidden, whoever comes is asked for, and nobody may have been there.
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
        // What was asked for on behalf of somebody may be answered when another has signed in.
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
    try {
      return localStorage.getItem(hintName) !== null;
    } catch {
      // Whoever comes may have signed in, until the server says otherwise.
      return this.hinted ?? true;
    }
  }

  private remember(isSignedIn: boolean): void {
    this.hinted = isSignedIn;
    try {
      if (isSignedIn) {
        localStorage.setItem(hintName, '1');
      } else {
        localStorage.removeItem(hintName);
      }
    } catch {
      // It is remembered as long as the page is there.
    }
  }

  private show(state: SessionState): void {
    if (state.status === this.state.status && state.user === this.state.user) {
      return;
    }
    this.state = state;
    for (const listener of [...this.listeners]) {
      listener();
    }
  }
}

// Where a browser has no locks, or forbids them as it forbids storage, the server's ten seconds of grace for a spent token stand in.
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

// What is one person's own, the browser's cache must not answer: the next person asks for it at the same address.
function isPersonal(url: RequestInfo): boolean {
  return (typeof url === 'string' ? url : url.url).includes('/api/auth/');
}

function isRemembered(): boolean {
  try {
    return localStorage.getItem(hintName) !== null;
  } catch {
    return false;
  }
}
