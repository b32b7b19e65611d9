'use client';

import { useSyncExternalStore } from 'react';

/** What keeps a browser from keeping somebody signed in: it takes no cookies, or takes no secure ones as the page came over plain HTTP. */
export type ObstacleKind = 'cookies' | 'plain';

function look(): ObstacleKind | null {
  if (areCookiesBlocked()) {
    return 'cookies';
  }
  return window.isSecureContext ? null : 'plain';
}

// Chromium says of sites whose cookies are blocked that they are enabled, but blocks storage with them.
function areCookiesBlocked(): boolean {
  try {
    window.localStorage.getItem('');
    return !navigator.cookieEnabled;
  } catch {
    return true;
  }
}

/** What is in the way of signing in here; null where nothing is. */
export function useObstacle(): ObstacleKind | null {
  return useSyncExternalStore(
    () => () => {},
    look,
    () => null,
  );
}
