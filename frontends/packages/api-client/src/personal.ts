/** The storage key of the unsent posts of everybody who uses this browser. */
export const unsentKey = 'kumiko.unsent';

/** The storage key of a person's unfinished text. */
export function draftKey(userId: number, place: string): string {
  return `${draftsOf(userId)}${place}`;
}

/** Removes a person's data from the browser's storage: unfinished texts and unsent posts. */
export function forgetPersonal(userId: number): void {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    try {
      const storage = window[name];
      for (const key of Object.keys(storage)) {
        if (key.startsWith(draftsOf(userId))) {
          storage.removeItem(key);
        }
      }
      const unsent = JSON.parse(storage.getItem(unsentKey) ?? '[]') as { userId: number }[];
      const others = unsent.filter((post) => post.userId !== userId);
      if (others.length === 0) {
        storage.removeItem(unsentKey);
      } else if (others.length < unsent.length) {
        storage.setItem(unsentKey, JSON.stringify(others));
      }
    } catch {
      // Where storage is forbidden, nothing is stored.
    }
  }
}

function draftsOf(userId: number): string {
  return `kumiko.draft.${userId}.`;
}
