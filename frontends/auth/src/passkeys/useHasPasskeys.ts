'use client';

import { useSyncExternalStore } from 'react';
import { hasPasskeys } from './webauthn';

/** Whether this browser uses passkeys here. Most do, so the page is drawn for them before its scripts run. */
export function useHasPasskeys(): boolean {
  return useSyncExternalStore(
    () => () => {},
    hasPasskeys,
    () => true,
  );
}
