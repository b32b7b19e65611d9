import { newKey, unsentKey, type ProblemError } from '@kumiko/api-client';
import { createStore, parseJson, type BrowserStorage } from '@kumiko/browser';

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

/** The unsent posts, newest first. They are stored in the browser, so that closing a tab loses none. */
export class Outbox {
  readonly posts = createStore<readonly UnsentPost[]>(() => this.read().map((post) => ({ ...post, state: 'failed', error: null })));

  constructor(private readonly storage: BrowserStorage) {}

  get(): readonly UnsentPost[] {
    return this.posts.get();
  }

  /** Receives changes from other tabs: what they were sending when this page loaded has arrived, or was given up there. */
  readonly receive = ({ key }: Pick<StorageEvent, 'key'>): void => {
    if (key === unsentKey) {
      const stored = new Set(this.read().map((post) => post.key));
      this.posts.set(this.get().filter((post) => post.state === 'sending' || post.error !== null || stored.has(post.key)));
    }
  };

  add(userId: number, content: string): UnsentPost {
    const post: UnsentPost = { key: newKey(), userId, content, createdAt: new Date().toISOString(), state: 'sending', error: null };
    this.posts.set([post, ...this.get()]);
    this.store((stored) => [post, ...stored]);
    return post;
  }

  /** Marks a post as being sent again. */
  resend(key: string): void {
    this.posts.set(this.get().map((post) => (post.key === key ? { ...post, state: 'sending', error: null } : post)));
  }

  fail(key: string, error: ProblemError | null): void {
    this.posts.set(this.get().map((post) => (post.key === key ? { ...post, state: 'failed', error } : post)));
  }

  /** The post arrived, or was given up. */
  remove(key: string): void {
    this.posts.set(this.get().filter((post) => post.key !== key));
    this.store((stored) => stored.filter((post) => post.key !== key));
  }

  /** Restores a post that was given up. */
  restore(post: UnsentPost): void {
    this.posts.set([post, ...this.get()]);
    this.store((stored) => [post, ...stored]);
  }

  /** The person left: remove their posts. */
  readonly forget = (userId: number): void => {
    this.posts.set(this.get().filter((post) => post.userId !== userId));
    this.store((stored) => stored.filter((post) => post.userId !== userId));
  };

  private read(): Stored[] {
    return (parseJson(this.storage.get(unsentKey)) ?? []) as Stored[];
  }

  // Other tabs store their own posts in the same place.
  private store(change: (stored: Stored[]) => Stored[]): void {
    const stored = change(this.read()).map(({ key, userId, content, createdAt }) => ({ key, userId, content, createdAt }));
    this.storage.set(unsentKey, stored.length === 0 ? null : JSON.stringify(stored));
  }
}
