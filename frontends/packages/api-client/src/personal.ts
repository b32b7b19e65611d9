/** Where posts are kept that did not get to the server yet, of everybody who uses this browser. */
export const unsentKey = 'kumiko.unsent';

/** Where an unfinished text of somebody is kept. */
export function draftKey(userId: number, place: string): string {
  return `${draftsOf(userId)}${place}`;
}

/** Removes from the browser's storage what it keeps for a person: unfinished texts, and posts that were not sent. */
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
      // Where storage is forbidden, nothing is kept.
    }
  }
}

function draftsOf(userId: number): string {
  return `kumiko.draft.${userId}.`;
}
