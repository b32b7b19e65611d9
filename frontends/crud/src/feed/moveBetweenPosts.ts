import { isTextField } from '@kumiko/browser';
import type { KeyboardEvent } from 'react';

/** Page Down and Page Up move from post to post, as in every feed (ARIA Authoring Practices, "Feed"). */
export function moveBetweenPosts(event: KeyboardEvent<HTMLElement>): void {
  const article = event.target instanceof HTMLElement && !isTextField(event.target) ? event.target.closest('article') : null;
  const step = { PageDown: 1, PageUp: -1 }[event.key];
  if (article === null || step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  const index = Number(article.parentElement?.dataset.index) + step;
  const next = event.currentTarget.querySelector<HTMLElement>(`[data-index="${index}"] > article`);
  if (next !== null) {
    event.preventDefault();
    next.focus();
  }
}
