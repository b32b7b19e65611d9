import { readEvents, type StreamEvent } from './eventSource';
import type { PostResponse } from './generated';

/** Receives the stream of posts. */
export interface PostStreamHandlers {
  created: (post: PostResponse) => void;
  updated: (post: PostResponse) => void;
  deleted: (id: number) => void;
  /** All posts of the author have this name now; null once the author's account is deleted. */
  renamed: (author: { user_id: number; username: string | null }) => void;
  /** Events were missed and won't be sent: refetch the lists. */
  reset: () => void;
  /** Whether the stream is connected. */
  connected: (isConnected: boolean) => void;
}

/** Messages between tabs about the stream. `before` is the event that the reading tab received before this one. */
type Message =
  { kind: 'event'; before: string; event: StreamEvent } | { kind: 'state'; isConnected: boolean; last: string } | { kind: 'hello' };

// The lock belongs to the stream: the tab that holds it reads for all. All tabs receive the channel's messages.
const name = 'kumiko.posts';

/** How long a hidden tab continues to read for other hidden tabs. */
const hiddenMs = 60_000;

/**
 * How often the reading tab reports that it is alive, and after which silence another one replaces it: a frozen tab holds a lock forever.
 */
const beatMs = 10_000;
const longestSilenceMs = 35_000;

/**
 * Follows `GET /api/crud/posts/stream` until the returned function is called. All tabs of a browser share one stream, since over HTTP/1.1 a
 * browser opens six connections to a server: one tab reads it and passes the events on. When it closes, another continues after the last
 * event. A browser without locks or channels, or one that forbids them together with storage, has one stream per tab. A hidden tab reads
 * for a minute.
 */
export function followPosts(handlers: PostStreamHandlers, baseUrl = ''): () => void {
  const follower = new Follower(handlers, `${baseUrl}/api/crud/posts/stream`);
  follower.start();
  return () => follower.stop();
}

class Follower {
  private last = '';
  private isConnected = false;
  private receivedAt = 0;
  private channel: BroadcastChannel | null = null;
  private stream: ReturnType<typeof readEvents> | null = null;
  /** Stops waiting for the lock, or releases it. */
  private leave: (() => void) | null = null;
  private isAlone = false;
  private hiding: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly handlers: PostStreamHandlers,
    private readonly address: string,
  ) {}

  start(): void {
    document.addEventListener('visibilitychange', this.look);
    document.addEventListener('freeze', this.rest);
    document.addEventListener('resume', this.look);
    window.addEventListener('pagehide', this.rest);
    window.addEventListener('pageshow', this.look);
    window.addEventListener('online', this.hurry);
    this.beat = setInterval(this.watch, beatMs);
    this.look();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.look);
    document.removeEventListener('freeze', this.rest);
    document.removeEventListener('resume', this.look);
    window.removeEventListener('pagehide', this.rest);
    window.removeEventListener('pageshow', this.look);
    window.removeEventListener('online', this.hurry);
    clearInterval(this.beat);
    this.rest();
  }

  private readonly look = (): void => {
    clearTimeout(this.hiding);
    if (document.visibilityState === 'visible') {
      this.listen();
      this.say({ kind: 'hello' });
      void this.stand();
    } else if (this.stream !== null) {
      this.hiding = setTimeout(() => this.resign(), hiddenMs);
    } else {
      this.resign();
    }
  };

  // A page in the back/forward cache receives nothing, and a page with open channels is not put there.
  private readonly rest = (): void => {
    clearTimeout(this.hiding);
    this.resign();
    this.channel?.close();
    this.channel = null;
  };

  private readonly hurry = (): void => this.stream?.hurry();

  private readonly watch = (): void => {
    if (this.stream !== null) {
      this.tellState();
    } else if (document.visibilityState === 'visible' && this.leave !== null && Date.now() - this.receivedAt > longestSilenceMs) {
      this.resign();
      void this.stand(true);
    }
  };

  private listen(): void {
    if (this.channel !== null || this.isAlone) {
      return;
    }
    try {
      this.channel = new BroadcastChannel(name);
      this.channel.addEventListener('message', ({ data }: MessageEvent<Message>) => this.receive(data));
    } catch {
      this.isAlone = true;
    }
  }

  /** Waits until this tab becomes the reader, and reads until it resigns. */
  private async stand(byForce = false): Promise<void> {
    if (this.leave !== null) {
      return;
    }
    const ending = new AbortController();
    const { signal } = ending;
    this.leave = () => ending.abort();
    this.receivedAt = Date.now();
    if (!this.isAlone) {
      try {
        await navigator.locks.request(name, byForce ? { steal: true } : { signal }, () => (signal.aborted ? undefined : this.read(signal)));
      } catch {
        if (!signal.aborted && this.stream === null) {
          // Locks are missing.
          this.isAlone = true;
        } else if (!signal.aborted) {
          // Another tab considered this one frozen.
          this.resign();
          this.look();
        }
      }
    }
    if (this.isAlone) {
      await this.read(signal);
    }
  }

  private read(signal: AbortSignal): Promise<void> {
    const stream = readEvents(this.address, this.last, {
      event: (event) => {
        if (signal.aborted) {
          return;
        }
        const before = this.last;
        this.say({ kind: 'event', before, event });
        this.take(before, event);
      },
      connected: (isConnected) => {
        if (signal.aborted) {
          return;
        }
        this.show(isConnected);
        this.tellState();
      },
    });
    this.stream = stream;
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        stream.close();
        this.stream = null;
        resolve();
      });
    });
  }

  private resign(): void {
    this.leave?.();
    this.leave = null;
  }

  private receive(message: Message): void {
    this.receivedAt = Date.now();
    switch (message.kind) {
      case 'hello':
        if (this.stream !== null) {
          this.tellState();
          // Another tab is visible, and this one is hidden.
          if (document.visibilityState === 'hidden') {
            this.resign();
          }
        }
        break;
      case 'state':
        if (isAfter(message.last, this.last)) {
          if (this.last !== '') {
            this.handlers.reset();
          }
          this.last = message.last;
        }
        this.show(message.isConnected);
        break;
      case 'event':
        this.take(message.before, message.event);
        break;
    }
  }

  private take(before: string, { id, name: kind, data }: StreamEvent): void {
    const isReset = kind === 'stream.reset';
    if (this.last !== '' && !isReset && !isAfter(id, this.last)) {
      return;
    }
    const isGap = this.last !== '' && (before === '' || isAfter(before, this.last));
    this.last = id;
    if (isReset || isGap) {
      this.handlers.reset();
    }
    switch (kind) {
      case 'post.created':
        this.tellPost(data, this.handlers.created);
        break;
      case 'post.updated':
        this.tellPost(data, this.handlers.updated);
        break;
      case 'post.deleted':
        this.handlers.deleted((JSON.parse(data) as { id: number }).id);
        break;
      case 'author.renamed':
        this.handlers.renamed(JSON.parse(data) as { user_id: number; username: string | null });
        break;
    }
  }

  // A post that was later changed or deleted has no text; the later event follows.
  private tellPost(data: string, handler: (post: PostResponse) => void): void {
    const post = JSON.parse(data) as Omit<PostResponse, 'content'> & { content: string | null };
    if (post.content !== null) {
      handler(post as PostResponse);
    }
  }

  private show(isConnected: boolean): void {
    if (isConnected !== this.isConnected) {
      this.isConnected = isConnected;
      this.handlers.connected(isConnected);
    }
  }

  private tellState(): void {
    this.say({ kind: 'state', isConnected: this.isConnected, last: this.last });
  }

  private say(message: Message): void {
    this.channel?.postMessage(message);
  }
}

// Ids are increasing numbers.
function isAfter(id: string, other: string): boolean {
  return id !== '' && (other === '' || Number(id) > Number(other));
}
