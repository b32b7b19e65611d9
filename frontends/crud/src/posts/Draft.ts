/** What of the browser's storage a draft needs. */
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * An unfinished text, kept for this tab and, for tabs to come, in the browser. What another tab keeps there is not written over: a draft takes
 * the common place only while nobody else's is in it.
 */
export class Draft {
  private shared: string | null;
  private text: string;

  constructor(
    private readonly key: string,
    private readonly own: Store | null,
    private readonly common: Store | null,
  ) {
    this.shared = read(common, this.key);
    this.text = read(own, this.key) ?? textOf(this.shared);
  }

  get current(): string {
    return this.text;
  }

  save(text: string): void {
    if (text === this.text) {
      return;
    }
    this.text = text;
    write(this.own, this.key, text === '' ? null : text);
    this.share(text === '' ? null : text);
  }

  /** Its author left: nothing of it is kept. */
  forget(): void {
    this.text = '';
    this.shared = null;
    write(this.own, this.key, null);
    write(this.common, this.key, null);
  }

  /** Whether the text was sent or thrown away in another tab that showed the same one; then it goes here too. */
  hear(key: string | null, before: string | null, now: string | null): boolean {
    if (key !== this.key || now !== null || before === null || textOf(before) !== this.text) {
      return false;
    }
    this.text = '';
    this.shared = null;
    write(this.own, this.key, null);
    return true;
  }

  private share(text: string | null): void {
    if (read(this.common, this.key) !== this.shared) {
      return;
    }
    // The number makes it another value than the same text of another tab.
    this.shared = text === null ? null : JSON.stringify({ text, by: Math.random() });
    write(this.common, this.key, this.shared);
  }
}

function textOf(stored: string | null): string {
  try {
    return stored === null ? '' : (JSON.parse(stored) as { text: string }).text;
  } catch {
    return '';
  }
}

// Storage can be forbidden, or full.
function read(store: Store | null, key: string): string | null {
  try {
    return store?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function write(store: Store | null, key: string, value: string | null): void {
  try {
    if (value === null) {
      store?.removeItem(key);
    } else {
      store?.setItem(key, value);
    }
  } catch {
    // The draft lasts as long as the page does.
  }
}
