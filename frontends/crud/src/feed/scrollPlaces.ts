import type { Virtualizer } from '@tanstack/react-virtual';

/** The position at which a list was left, and the heights of its posts. */
export interface Place {
  offset: number;
  top: number;
  sizes: ReturnType<Virtualizer<Window, Element>['takeSnapshot']>;
}

const places = new Map<string, Place>();
let isGoingBack = false;

if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => (isGoingBack = true));
}

/** The position at which a list was left, if the person returns with the browser's buttons. */
export function placeOf(list: string): Place | undefined {
  return isGoingBack ? places.get(list) : undefined;
}

/** Stores the position at which a list is left. */
export function rememberPlace(list: string, virtual: Virtualizer<Window, Element>): () => void {
  return () => places.set(list, { offset: virtual.scrollOffset ?? 0, top: virtual.options.scrollMargin, sizes: virtual.takeSnapshot() });
}

/** The page has been shown: the next navigation goes forward again. */
export function arrive(): void {
  isGoingBack = false;
}
