import { createStore } from '@kumiko/browser';
import type { TokenResponse, UserResponse } from '../generated';
import { pause } from '../pause';
import { forgetPersonal } from '../personal';
import { SignInHint } from './SignInHint';
import { Tabs, type Message, type Tokens } from './Tabs';

/** The person who uses this browser: not known yet, nobody, or somebody. */
export type SessionState =
  { status: 'loading'; user: null } | { status: 'anonymous'; user: null } | { status: 'signed-in'; user: UserResponse };

const loading: SessionState = { status: 'loading', user: null };
const anonymous: SessionState = { status: 'anonymous', user: null };

/** A token this close to its expiry is replaced before use. */
const marginMs = 30_000;

/** How long a new tab waits for another one to send the access token before it spends the refresh token. */
const handOverMs = 150;

/** What the tabs of a browser know together: who is signed in, and with which access token. It sends no requests. */
export class SharedSession {
  private readonly state = createStore<SessionState>(() => loading);
  private readonly hint = new SignInHint();
  private readonly tabs = new Tabs();
  private readonly leavers = new Set<(userId: number) => void>();
  private held: Tokens | null = null;
  private ended = 0;

  /** Whether the last session was ended elsewhere. */
  wasEnded = false;

  readonly subscribe = (listener: () => void): (() => void) => this.state.subscribe(listener);

  readonly getState = (): SessionState => this.state.get();

  get tokens(): Tokens | null {
    return this.held;
  }

  /** The tokens, if they don't expire soon. */
  get fresh(): Tokens | null {
    return this.validFor(marginMs);
  }

  get unexpired(): Tokens | null {
    return this.validFor(0);
  }

  /** Whether a refresh token may exist. */
  get mayResume(): boolean {
    return this.hint.isGiven;
  }

  /** Whether somebody was signed in here before. */
  get isRemembered(): boolean {
    return this.hint.isStored;
  }

  /** How many sessions have ended: answers to requests before the last end belong to nobody. */
  get ends(): number {
    return this.ended;
  }

  connect(): void {
    this.tabs.connect((message) => this.receive(message));
  }

  /** Asks the other tabs for the access token, and waits for it a moment. */
  async askTabs(): Promise<void> {
    const handedOver = new Promise<void>((resolve) => {
      const stop = this.subscribe(() => {
        stop();
        resolve();
      });
    });
    this.tabs.send({ kind: 'who' });
    await Promise.race([handedOver, pause(this.tabs.areConnected ? handOverMs : 0)]);
  }

  whenLeft(forget: (userId: number) => void): () => void {
    this.leavers.add(forget);
    return () => this.leavers.delete(forget);
  }

  take(answer: TokenResponse): Tokens {
    const tokens = { accessToken: answer.access_token, expiresAt: Date.now() + answer.expires_in * 1000, user: answer.user };
    this.share({ kind: 'tokens', tokens });
    return tokens;
  }

  /** Shows a changed account in every tab. */
  update(user: UserResponse): void {
    this.share({ kind: 'user', user });
  }

  /** Ends the session in every tab. `left` is the person who left on purpose, whose data is deleted; null if nobody did. */
  end(left: number | null): void {
    this.share({ kind: 'signed-out', left });
  }

  showNobody(): void {
    this.show(anonymous);
  }

  private share(message: Message): void {
    this.receive(message);
    this.tabs.send(message);
  }

  private receive(message: Message): void {
    switch (message.kind) {
      case 'tokens':
        this.held = message.tokens;
        this.wasEnded = false;
        this.hint.set(true);
        this.show({ status: 'signed-in', user: message.tokens.user });
        break;
      case 'user':
        // The answer to one person's request may arrive after another person has signed in.
        if (this.held !== null && this.held.user.id === message.user.id) {
          this.held = { ...this.held, user: message.user };
          this.show({ status: 'signed-in', user: message.user });
        }
        break;
      case 'signed-out':
        this.lose(message.left);
        break;
      case 'who':
        if (this.fresh !== null) {
          this.tabs.send({ kind: 'tokens', tokens: this.fresh });
        }
        break;
    }
  }

  private lose(left: number | null): void {
    this.ended += 1;
    this.held = null;
    this.hint.set(false);
    if (left !== null) {
      for (const forget of [...this.leavers]) {
        forget(left);
      }
      forgetPersonal(left);
    }
    this.show(anonymous);
  }

  private validFor(milliseconds: number): Tokens | null {
    return this.held !== null && this.held.expiresAt - milliseconds > Date.now() ? this.held : null;
  }

  private show(state: SessionState): void {
    const { status, user } = this.getState();
    if (state.status !== status || state.user !== user) {
      this.state.set(state);
    }
  }
}
