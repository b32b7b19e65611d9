'use client';

import { createStore } from './createStore';
import { useStore } from './useStore';

const online = createStore(
  () => navigator.onLine,
  (store) => {
    function look(): void {
      store.set(navigator.onLine);
    }
    look();
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  },
);

/** Whether the browser has a network. */
export function useOnline(): boolean {
  return useStore(online, () => true);
}
