/** The `id` of a post's element on a page. */
export function elementIdOf(id: number): string {
  return `post-${id}`;
}

// From far below, the rows at the top of a list are drawn some frames later.
const mostFrames = 30;

/** Focuses a post once it is on the page. The page scrolls to it only if asked to. */
export function focusPost(id: number, { isScrolling = false } = {}, frames = mostFrames): void {
  requestAnimationFrame(() => {
    const article = document.getElementById(elementIdOf(id));
    if (article === null && frames > 0) {
      focusPost(id, { isScrolling }, frames - 1);
    } else {
      article?.focus({ preventScroll: !isScrolling });
    }
  });
}

/** Focuses a post at once, unless the person has moved elsewhere. */
export function focusPostIfNear(id: number): void {
  const article = document.getElementById(elementIdOf(id));
  if (document.activeElement === document.body || article?.contains(document.activeElement) === true) {
    article?.focus({ preventScroll: true });
  }
}
