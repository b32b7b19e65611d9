import { tabStore } from '@kumiko/browser';

const key = 'kumiko.goodbye';

/** Leaves a note for the board, which is a separate document, that the account was deleted. */
export function sayGoodbye(): void {
  tabStore.set(key, 'deleted');
}

/** Whether such a note was left. Removes the note. */
export function hearGoodbye(): boolean {
  const isLeft = tabStore.get(key) !== null;
  tabStore.set(key, null);
  return isLeft;
}
