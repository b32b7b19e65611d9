import { parseJson, type BrowserStorage } from '@kumiko/browser';

/**
 * An unfinished text, stored for this tab and, for future tabs, in the browser. It doesn't overwrite another tab's text there: a draft uses
 * the shared place only while no other tab's text is in it.
 */
export class Draft {
  private shared: string | null;
  private text: string;

  constructor(
    private readonly key: string,
    private readonly own: BrowserStorage,
    private readonly common: BrowserStorage,
  ) {
    this.shared = common.get(this.key);
    this.text = own.get(this.key) ?? textOf(this.shared);
  }

  get current(): string {
    return this.text;
  }

  save(text: string): void {
    if (text === this.text) {
      return;
    }
    this.text = text;
    this.own.set(this.key, text === '' ? null : text);
    this.share(text === '' ? null : text);
  }

  /** The author left: delete everything that is stored. */
  forget(): void {
    this.text = '';
    this.shared = null;
    this.own.set(this.key, null);
    this.common.set(this.key, null);
  }

  /** Whether the text was sent or discarded in another tab that showed the same text. It is then cleared here, too. */
  receive(key: string | null, before: string | null, now: string | null): boolean {
    if (key !== this.key || now !== null || before === null || textOf(before) !== this.text) {
      return false;
    }
    this.text = '';
    this.shared = null;
    this.own.set(this.key, null);
    return true;
  }

  private share(text: string | null): void {
    if (this.common.get(this.key) !== this.shared) {
      return;
    }
    // The number distinguishes the value from the same text in another tab.
    this.shared = text === null ? null : JSON.stringify({ text, by: Math.random() });
    this.common.set(this.key, this.shared);
  }
}

function textOf(stored: string | null): string {
  return (parseJson(stored) as { text: string } | null)?.text ?? '';
}
