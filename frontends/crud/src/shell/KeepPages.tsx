'use client';

import { useEffect } from 'react';

/**
 * Makes the service worker cache the pages for use without a network. Plain HTTP under a name other than localhost has no service workers.
 */
export function KeepPages(): null {
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator) || savesData()) {
      return;
    }
    function register(): void {
      // The least urgent thing on a page. Where it is forbidden, pages work without it.
      whenIdle(() => void navigator.serviceWorker.register('/crud/sw.js', { scope: '/crud', updateViaCache: 'none' }).catch(() => {}));
    }
    if (document.readyState === 'complete') {
      register();
      return;
    }
    window.addEventListener('load', register, { once: true });
    return () => window.removeEventListener('load', register);
  }, []);
  return null;
}

// Safari doesn't have idle callbacks.
function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) {
    requestIdleCallback(work, { timeout: 5_000 });
  } else {
    setTimeout(work, 1_000);
  }
}

function savesData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}
