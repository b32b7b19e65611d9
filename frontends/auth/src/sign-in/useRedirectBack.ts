'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { replaceDocument } from './replaceDocument';
import { safeReturn } from './safeReturn';

/** Redirects people who have signed in to the page that they came from. */
export function useRedirectBack(): () => void {
  const router = useRouter();
  return useCallback(() => {
    const page = safeReturn(new URLSearchParams(window.location.search).get('return'), window.location.origin);
    if (page.startsWith('/auth')) {
      router.replace(page.slice('/auth'.length) || '/');
    } else {
      replaceDocument(page);
    }
  }, [router]);
}
