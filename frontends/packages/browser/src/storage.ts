/**
 * The browser's storage, which can be forbidden or full: reads then find nothing, and writes have no effect. What is stored lasts as long
 * as the page in that case.
 */
export class BrowserStorage {
  constructor(private readonly open: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  /** Whether the browser forbids storage. */
  get isForbidden(): boolean {
    try {
      this.open().getItem('');
      return false;
    } catch {
      return true;
    }
  }

  get(key: string): string | null {
    try {
      return this.open().getItem(key);
    } catch {
      return null;
    }
  }

  /** Stores a text; null removes it. */
  set(key: string, value: string | null): void {
    try {
      if (value === null) {
        this.open().removeItem(key);
      } else {
        this.open().setItem(key, value);
      }
    } catch {
      // Forbidden or full.
    }
  }

  /** The names of everything that is stored. */
  keys(): string[] {
    try {
      return Object.keys(this.open());
    } catch {
      return [];
    }
  }
}

/** Reads JSON; null if the text is missing or something else. */
export function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** What all tabs share, and future ones find. */
export const localStore = new BrowserStorage(() => window.localStorage);

/** What belongs to this tab. */
export const tabStore = new BrowserStorage(() => window.sessionStorage);
