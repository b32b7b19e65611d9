'use client';

import { localStore } from '@kumiko/browser';
import { useSyncExternalStore } from 'react';

/** Why the browser can't stay signed in: it accepts no cookies, or no secure ones because the page came over plain HTTP. */
export type ObstacleKind = 'cookies' | 'plain';

function look(): ObstacleKind | null {
  // Chromium reports cookies as enabled on sites where they are blocked, but it forbids storage together with them.
  if (localStore.isForbidden || !navigator.cookieEnabled) {
    return 'cookies';
  }
  return window.isSecureContext ? null : 'plain';
}

/** What prevents signing in here; null if nothing does. */
export function useObstacle(): ObstacleKind | null {
  return useSyncExternalStore(
    () => () => {},
    look,
    () => null,
  );
}
