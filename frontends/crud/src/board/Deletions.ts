/** A deletion that has not been sent yet. */
export interface Deletion {
  /** Sends it. */
  send: () => Promise<unknown>;
  /** Puts the post back on the page. */
  undo: () => void;
}

/**
 * Deletions that can still be undone. Each is sent when its time is over or when the page unloads; at most once, and not after it was
 * undone.
 */
export class Deletions {
  private readonly waiting = new Set<Deletion>();

  add(deletion: Deletion): void {
    this.waiting.add(deletion);
  }

  async send(deletion: Deletion): Promise<void> {
    if (this.waiting.delete(deletion)) {
      await deletion.send();
    }
  }

  undo(deletion: Deletion): void {
    if (this.waiting.delete(deletion)) {
      deletion.undo();
    }
  }

  /** Undoes the last one; false if there is none. */
  undoLast(): boolean {
    const last = [...this.waiting].at(-1);
    if (last === undefined) {
      return false;
    }
    this.undo(last);
    return true;
  }

  /** Call it before the page unloads or the person signs out. */
  async sendAll(): Promise<void> {
    await Promise.allSettled([...this.waiting].map((deletion) => this.send(deletion)));
  }
}
