import { readEvents, type StreamEvent } from './eventSource';
import type { PostResponse } from './generated';

/** What the stream of posts tells. */
export interface PostStreamHandlers {
  created: (post: PostResponse) => void;
  updated: (post: PostResponse) => void;
  deleted: (id: number) => void;
  /** All posts of the author bear this name now; null once the author is gone. */
  renamed: (author: { user_id: number; username: string | null }) => void;
  /** Something was missed, and is not told: read lists anew. */
  reset: () => void;
  /** Whether the stream is there at the moment. */
  connected: (isConnected: boolean) => void;
}

/** What tabs tell each other of the stream. `before` is the event that the reader had before this one. */
type Message =
  { kind: 'event'; before: string; event: StreamEvent } | { kind: 'state'; isConnected: boolean; last: string } | { kind: 'hello' };

// The lock is the stream's: whoever holds it reads for all. The channel is where all hear.
const name = 'kumiko.posts';

/** How long a tab that nobody looks at goes on reading for others that nobody looks at. */
const hiddenMs = 60_000;

/** How often the reader says that it lives, and after which silence another one takes its place: a frozen tab holds a lock for ever. */
const beatMs = 10_000;
const longestSilenceMs = 35_000;

/**
 * Follows `GET /api/crud/posts/stream` until the returned function is called. All tabs of a browser together have one stream, since over HTTP/1.1 a browser
 * has six connections to a server: one tab reads it and tells the others. When it closes, another goes on after the last event that was told. A browser
 * without locks or channels, or which forbids them as it forbids storage, has one stream a tab. A tab that nobody looks at reads for a minute.
 */
export function followPosts(handlers: PostStreamHandlers, baseUrl = ''): () => void {
  const follower = new Follower(handlers, `${baseUrl}/api/crud/posts/stream`);
  follower.start();
  return () => follower.stop();
}

class Follower {
  private last = '';
  private isConnected = false;
  private heardAt = 0;
  private channel: BroadcastChannel | null = null;
  private stream: ReturnType<typeof readEvents> | null = null;
  /** Ends the wait for the lock, or gives it back. */
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

  // A page that was put away hears nothing; one that hears is not kept for the way back.
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
    } else if (document.visibilityState === 'visible' && this.leave !== null && Date.now() - this.heardAt > longestSilenceMs) {
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
      this.channel.addEventListener('message', ({ data }: MessageEvent<Message>) => this.hear(data));
    } catch {
      this.isAlone = true;
    }
  }

  /** Waits until this tab is the one that reads, and reads until it resigns. */
  private async stand(byForce = false): Promise<void> {
    if (this.leave !== null) {
      return;
    }
    const ending = new AbortController();
    const { signal } = ending;
    this.leave = () => ending.abort();
    this.heardAt = Date.now();
    if (!this.isAlone) {
      try {
        await navigator.locks.request(name, byForce ? { steal: true } : { signal }, () => (signal.aborted ? undefined : this.read(signal)));
      } catch {
        if (!signal.aborted && this.stream === null) {
          // There are no locks.
          this.isAlone = true;
        } else if (!signal.aborted) {
          // Another tab took this one for frozen.
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

  private hear(message: Message): void {
    this.heardAt = Date.now();
    switch (message.kind) {
      case 'hello':
        if (this.stream !== null) {
          this.tellState();
          // Somebody looks at another tab, and at this one nobody.
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

  // A post that was changed or deleted since has no text any more; what became of it follows.
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

// Ids are numbers that grow.
function isAfter(id: string, other: string): boolean {
  return id !== '' && (other === '' || Number(id) > Number(other));
}
