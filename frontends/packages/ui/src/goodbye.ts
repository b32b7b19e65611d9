const key = 'kumiko.goodbye';

/** Leaves word for the board, which is another document, that somebody's account is deleted. */
export function sayGoodbye(): void {
  try {
    sessionStorage.setItem(key, 'deleted');
  } catch {
    // Storage is forbidden: they see that they are signed out.
  }
}

/** Whether such word was left; it is told once. */
export function hearGoodbye(): boolean {
  try {
    const isLeft = sessionStorage.getItem(key) !== null;
    sessionStorage.removeItem(key);
    return isLeft;
  } catch {
    return false;
  }
}
