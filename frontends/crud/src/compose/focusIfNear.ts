/** Focuses a post, unless the person has moved elsewhere. */
export function focusIfNear(id: number): void {
  const article = document.getElementById(`post-${id}`);
  if (document.activeElement === document.body || article?.contains(document.activeElement) === true) {
    article?.focus({ preventScroll: true });
  }
}
