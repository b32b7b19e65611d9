/** Deletions that can still be undone. Each is sent when its time is over, or when the page goes. */
export class Deletions {
  private readonly waiting = new Map<number, { send: () => void; undo: () => void }>();

  /** Remembers one. `send` is called at most once, and not after {@link undo}. */
  add(id: number, send: () => void, undo: () => void): void {
    this.waiting.set(id, { send, undo });
  }

  send(id: number): void {
    const deletion = this.waiting.get(id);
    this.waiting.delete(id);
    deletion?.send();
  }

  undo(id: number): void {
    const deletion = this.waiting.get(id);
    this.waiting.delete(id);
    deletion?.undo();
  }

  /** Takes the last one back; false if there is none. */
  undoLast(): boolean {
    const last = [...this.waiting.keys()].at(-1);
    if (last === undefined) {
      return false;
    }
    this.undo(last);
    return true;
  }

  /** Before the page goes. */
  sendAll(): void {
    for (const id of [...this.waiting.keys()]) {
      this.send(id);
    }
  }
}
