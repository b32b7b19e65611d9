'use client';

import { useSyncExternalStore } from 'react';
import { useSharedTexts } from '../language';

/** Shown while the browser has no network. It covers the page, which does not move, and is below dialogs. */
export function OfflineBanner() {
  const isOffline = useOffline();
  return (
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-4 z-30 mx-auto max-w-md">
      {isOffline && <Saying />}
    </div>
  );
}

/** As high as the banner while that is visible, for elements above dialogs that must not cover it. */
export function OfflineRoom() {
  const isOffline = useOffline();
  return (
    isOffline && (
      <div aria-hidden="true" className="invisible">
        <Saying />
      </div>
    )
  );
}

function Saying() {
  const texts = useSharedTexts();
  return (
    <p className="rounded-md border border-line bg-raised px-4 py-3 text-sm shadow-float">
      <strong className="font-semibold">{texts.offlineTitle}</strong> {texts.offline}
    </p>
  );
}

function useOffline(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => !navigator.onLine,
    () => false,
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
