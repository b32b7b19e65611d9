import type { Post } from '@kumiko/api-client';
import { noChanges, withNames, withoutPost, withPost, type Changes, type Named } from './merge';

/** Keeps the {@link Changes} of this page load and notifies subscribers. */
export class Ledger {
  private changes = noChanges;
  private readonly listeners = new Set<() => void>();

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** For `useSyncExternalStore`: the same object until something changes. */
  readonly get = (): Changes => this.changes;

  /** A post was written or changed, here or elsewhere. */
  learn(post: Post): void {
    this.set(withPost(this.changes, post));
  }

  /** A list or a post was read, or an author was renamed: these are the current names. */
  learnNames(named: readonly Named[]): void {
    this.set(withNames(this.changes, named));
  }

  /** A post was deleted, here or elsewhere. */
  forget(id: number): void {
    this.set(withoutPost(this.changes, id));
  }

  /** Hides a post, or shows it again. */
  hide(id: number, isHidden: boolean): void {
    const hidden = new Set(this.changes.hidden);
    if (isHidden) {
      hidden.add(id);
    } else {
      hidden.delete(id);
    }
    this.set({ ...this.changes, hidden });
  }

  /** Shows a new text while it is being saved; null once that has succeeded or failed. */
  save(id: number, content: string | null): void {
    const saving = new Map(this.changes.saving);
    if (content === null) {
      saving.delete(id);
    } else {
      saving.set(id, content);
    }
    this.set({ ...this.changes, saving });
  }

  /** Discards what the stream reported, before lists are refetched. */
  clear(): void {
    this.set({ ...this.changes, known: noChanges.known });
  }

  private set(changes: Changes): void {
    if (changes === this.changes) {
      return;
    }
    this.changes = changes;
    for (const listener of [...this.listeners]) {
      listener();
    }
  }
}
