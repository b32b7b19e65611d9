'use client';

import { useSyncExternalStore } from 'react';

/** What keeps a browser from keeping somebody signed in: it takes no cookies, or takes no secure ones as the page came over plain HTTP. */
export type ObstacleKind = 'cookies' | 'plain';

function look(): ObstacleKind | null {
  if (!navigator.cookieEnabled) {
    return 'cookies';
  }
  return window.isSecureContext ? null : 'plain';
}

/** What is in the way of signing in here; null where nothing is. */
export function useObstacle(): ObstacleKind | null {
  return useSyncExternalStore(
    () => () => {},
    look,
    () => null,
  );
}
