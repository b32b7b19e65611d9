'use client';

import { useSyncExternalStore } from 'react';

/** Why the browser can't stay signed in: it accepts no cookies, or no secure ones because the page came over plain HTTP. */
export type ObstacleKind = 'cookies' | 'plain';

function look(): ObstacleKind | null {
  if (areCookiesBlocked()) {
    return 'cookies';
  }
  return window.isSecureContext ? null : 'plain';
}

// Chromium reports cookies as enabled on sites where they are blocked, but it blocks storage together with them.
function areCookiesBlocked(): boolean {
  try {
    window.localStorage.getItem('');
    return !navigator.cookieEnabled;
  } catch {
    return true;
  }
}

/** What prevents signing in here; null if nothing does. */
export function useObstacle(): ObstacleKind | null {
  return useSyncExternalStore(
    () => () => {},
    look,
    () => null,
  );
}
