import type { Virtualizer } from '@tanstack/react-virtual';

/** Where a list was left, and how high its posts were. */
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

/** Where a list was left, if the person comes back to it by the browser's buttons. */
export function placeOf(list: string): Place | undefined {
  return isGoingBack ? places.get(list) : undefined;
}

/** Keeps where a list is left. */
export function rememberPlace(list: string, virtual: Virtualizer<Window, Element>): () => void {
  return () => places.set(list, { offset: virtual.scrollOffset ?? 0, top: virtual.options.scrollMargin, sizes: virtual.takeSnapshot() });
}

/** The page is there: what follows is a step forward again. */
export function arrive(): void {
  isGoingBack = false;
}
