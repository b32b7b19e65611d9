'use client';

import { useSyncExternalStore } from 'react';

/** What the fragment of a link held. */
export interface Found {
  page: string;
  token: string | null;
  /** The address that the link was sent to, if the page fills it in. */
  email: string | null;
}

let found: Found | null = null;

/**
 * Takes the token out of the address, so that it is neither in the history nor in an address that somebody copies. The page keeps it until
 * it is left.
 */
function take(): void {
  const { pathname, search, hash } = window.location;
  const values = new URLSearchParams(hash.slice(1));
  const token = values.get('token');
  if (token !== null) {
    window.history.replaceState(window.history.state, '', pathname + search);
    found = { page: pathname, token, email: values.get('email') };
  } else if (found?.page !== pathname) {
    found = { page: pathname, token: null, email: null };
  }
}

function subscribe(onChange: () => void): () => void {
  function look(): void {
    take();
    onChange();
  }
  look();
  window.addEventListener('hashchange', look);
  return () => window.removeEventListener('hashchange', look);
}

/**
 * The token of the mail's link that opened this page. It is in the fragment (`/auth/verify#token=`), which browsers don't send: only the
 * page's button sends it. Null if there is none, undefined until the scripts run.
 */
export function useMailedToken(): string | null | undefined {
  const link = useMailedLink();
  return link === null ? undefined : link.token;
}

/** What the mail's link that opened this page holds; null until the scripts run. */
export function useMailedLink(): Found | null {
  return useSyncExternalStore(
    subscribe,
    () => found,
    () => null,
  );
}
