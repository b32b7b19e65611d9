/** The part of the browser's storage that a draft needs. */
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * An unfinished text, stored for this tab and, for future tabs, in the browser. It doesn't overwrite another tab's text there: a draft uses
 * the shared place only while no other tab's text is in it.
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

  /** The author left: delete everything that is stored. */
  forget(): void {
    this.text = '';
    this.shared = null;
    write(this.own, this.key, null);
    write(this.common, this.key, null);
  }

  /** Whether the text was sent or discarded in another tab that showed the same text. It is then cleared here, too. */
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
    // The number distinguishes the value from the same text in another tab.
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
    // The draft then lasts as long as the page.
  }
}
