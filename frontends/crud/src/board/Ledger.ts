import type { Post } from '@kumiko/api-client';
import { createStore } from '@kumiko/browser';
import { noChanges, withNames, withoutPost, withPost, type Changes, type Named } from './merge';

/** Keeps the {@link Changes} of this page load. */
export class Ledger {
  readonly changes = createStore(() => noChanges);

  get(): Changes {
    return this.changes.get();
  }

  /** A post was written or changed, here or elsewhere. */
  learn(post: Post): void {
    this.changes.set(withPost(this.get(), post));
  }

  /** A list or a post was read, or an author was renamed: these are the current names. */
  learnNames(named: readonly Named[]): void {
    this.changes.set(withNames(this.get(), named));
  }

  /** A post was deleted, here or elsewhere. */
  forget(id: number): void {
    this.changes.set(withoutPost(this.get(), id));
  }

  /** Hides a post, or shows it again. */
  hide(id: number, isHidden: boolean): void {
    const hidden = new Set(this.get().hidden);
    if (isHidden) {
      hidden.add(id);
    } else {
      hidden.delete(id);
    }
    this.changes.set({ ...this.get(), hidden });
  }

  /** Shows a new text while it is being saved; null once that has succeeded or failed. */
  save(id: number, content: string | null): void {
    const saving = new Map(this.get().saving);
    if (content === null) {
      saving.delete(id);
    } else {
      saving.set(id, content);
    }
    this.changes.set({ ...this.get(), saving });
  }

  /** Discards what the stream reported, before lists are refetched. */
  clear(): void {
    this.changes.set({ ...this.get(), known: noChanges.known });
  }
}
