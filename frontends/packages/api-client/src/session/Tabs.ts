import type { UserResponse } from '../generated';

export interface Tokens {
  accessToken: string;
  /** When the access token expires, in milliseconds since 1970 on this machine's clock. */
  expiresAt: number;
  user: UserResponse;
}

/** Messages between tabs. They never leave the browser's memory. */
export type Message =
  | { kind: 'tokens'; tokens: Tokens }
  /** `left` is the person who signed out or deleted their account; null when a session ended otherwise. */
  | { kind: 'signed-out'; left: number | null }
  | { kind: 'user'; user: UserResponse }
  | { kind: 'who' };

/** The other tabs of this browser. */
export class Tabs {
  private channel: BroadcastChannel | null = null;

  /** Whether messages reach other tabs. */
  get areConnected(): boolean {
    return this.channel !== null;
  }

  connect(receive: (message: Message) => void): void {
    // Not before the page runs: a server that renders pages would leave one channel open for each.
    if (typeof BroadcastChannel !== 'undefined') {
      try {
        this.channel = new BroadcastChannel('kumiko.session');
        this.channel.addEventListener('message', (event: MessageEvent<Message>) => receive(event.data));
      } catch {
        // Storage is forbidden, and with it the messages between tabs.
      }
    }
  }

  send(message: Message): void {
    this.channel?.postMessage(message);
  }
}
