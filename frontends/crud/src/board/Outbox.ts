import { newKey, unsentKey, type ProblemError } from '@kumiko/api-client';

/** A post that the server doesn't have yet. `key` is its Idempotency-Key: the same for every attempt, so that it arrives once. */
export interface UnsentPost {
  readonly key: string;
  readonly userId: number;
  readonly content: string;
  readonly createdAt: string;
  readonly state: 'sending' | 'failed';
  /** Why it failed; null for a post from an earlier visit. */
  readonly error: ProblemError | null;
}

type Stored = Pick<UnsentPost, 'key' | 'userId' | 'content' | 'createdAt'>;

const none: readonly UnsentPost[] = [];

/** The unsent posts, newest first. They are stored in the browser, so that closing a tab loses none. */
export class Outbox {
  private posts: readonly UnsentPost[] | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null) {}

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** For `useSyncExternalStore`: the same array until something changes. */
  readonly get = (): readonly UnsentPost[] => {
    this.posts ??= this.read().map((post) => ({ ...post, state: 'failed', error: null }));
    return this.posts;
  };

  /** For the page as rendered by the server. */
  readonly getNone = (): readonly UnsentPost[] => none;

  /** Receives changes from other tabs: what they were sending when this page loaded has arrived, or was given up there. */
  readonly hear = ({ key }: Pick<StorageEvent, 'key'>): void => {
    if (key === unsentKey) {
      const stored = new Set(this.read().map((post) => post.key));
      this.set(this.get().filter((post) => post.state === 'sending' || post.error !== null || stored.has(post.key)));
    }
  };

  add(userId: number, content: string): UnsentPost {
    const post: UnsentPost = { key: newKey(), userId, content, createdAt: new Date().toISOString(), state: 'sending', error: null };
    this.set([post, ...this.get()]);
    this.store((stored) => [post, ...stored]);
    return post;
  }

  /** Marks a post as being sent again. */
  resend(key: string): void {
    this.set(this.get().map((post) => (post.key === key ? { ...post, state: 'sending', error: null } : post)));
  }

  fail(key: string, error: ProblemError | null): void {
    this.set(this.get().map((post) => (post.key === key ? { ...post, state: 'failed', error } : post)));
  }

  /** The post arrived, or was given up. */
  remove(key: string): void {
    this.set(this.get().filter((post) => post.key !== key));
    this.store((stored) => stored.filter((post) => post.key !== key));
  }

  /** Restores a post that was given up. */
  restore(post: UnsentPost): void {
    this.set([post, ...this.get()]);
    this.store((stored) => [post, ...stored]);
  }

  /** The person left: remove their posts. */
  readonly forget = (userId: number): void => {
    this.set(this.get().filter((post) => post.userId !== userId));
    this.store((stored) => stored.filter((post) => post.userId !== userId));
  };

  private set(posts: readonly UnsentPost[]): void {
    this.posts = posts;
    for (const listener of [...this.listeners]) {
      listener();
    }
  }

  private read(): Stored[] {
    try {
      return JSON.parse(this.storage?.getItem(unsentKey) ?? '[]') as Stored[];
    } catch {
      return [];
    }
  }

  // Other tabs store their own posts in the same place.
  private store(change: (stored: Stored[]) => Stored[]): void {
    const stored = change(this.read()).map(({ key, userId, content, createdAt }) => ({ key, userId, content, createdAt }));
    try {
      if (stored.length === 0) {
        this.storage?.removeItem(unsentKey);
      } else {
        this.storage?.setItem(unsentKey, JSON.stringify(stored));
      }
    } catch {
      // Storage is full or forbidden: the posts last as long as the page.
    }
  }
}
