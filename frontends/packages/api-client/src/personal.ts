import { localStore, parseJson, tabStore } from '@kumiko/browser';

/** The storage key of the unsent posts of everybody who uses this browser. */
export const unsentKey = 'kumiko.unsent';

/** The storage key of a person's unfinished text. */
export function draftKey(userId: number, place: string): string {
  return `${draftsOf(userId)}${place}`;
}

/** Removes a person's data from the browser's storage: unfinished texts and unsent posts. */
export function forgetPersonal(userId: number): void {
  for (const storage of [localStore, tabStore]) {
    for (const key of storage.keys().filter((each) => each.startsWith(draftsOf(userId)))) {
      storage.set(key, null);
    }
    const unsent = (parseJson(storage.get(unsentKey)) ?? []) as { userId: number }[];
    const others = unsent.filter((post) => post.userId !== userId);
    if (others.length < unsent.length) {
      storage.set(unsentKey, others.length === 0 ? null : JSON.stringify(others));
    }
  }
}

function draftsOf(userId: number): string {
  return `kumiko.draft.${userId}.`;
}
