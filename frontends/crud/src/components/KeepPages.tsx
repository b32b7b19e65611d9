'use client';

import { useEffect } from 'react';

/** Has the service worker keep the pages for when the network is away. Plain HTTP at a name of its own has none, and goes without. */
export function KeepPages(): null {
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator) || savesData()) {
      return;
    }
    function register(): void {
      // It is the last thing that a page needs. Where it is forbidden, pages go without.
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

// Safari has no idle callbacks.
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
