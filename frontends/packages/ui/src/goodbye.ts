const key = 'kumiko.goodbye';

/** Leaves a note for the board, which is a separate document, that the account was deleted. */
export function sayGoodbye(): void {
  try {
    sessionStorage.setItem(key, 'deleted');
  } catch {
    // Storage is forbidden. The person still sees that they are signed out.
  }
}

/** Whether such a note was left. Removes the note. */
export function hearGoodbye(): boolean {
  try {
    const isLeft = sessionStorage.getItem(key) !== null;
    sessionStorage.removeItem(key);
    return isLeft;
  } catch {
    return false;
  }
}
