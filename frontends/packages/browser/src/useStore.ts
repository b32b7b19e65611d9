'use client';

import { useSyncExternalStore } from 'react';
import type { Store } from './createStore';

/** The value of a store. `built` is the value in the page as it was built, before it runs in a browser. */
export function useStore<T>(store: Store<T>, built = store.get): T {
  return useSyncExternalStore(store.subscribe, store.get, built);
}
