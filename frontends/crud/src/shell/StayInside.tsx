'use client';

import { useSharedTexts, useToast } from '@kumiko/ui';
import { useEffect } from 'react';

/**
 * Shows a message instead of following a link to an uncached page without a network. The browser would replace this page with its own error
 * page.
 */
export function StayInside(): null {
  const texts = useSharedTexts();
  const toast = useToast();
  useEffect(() => {
    function press(event: MouseEvent): void {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (
        navigator.onLine ||
        link === null ||
        event.button !== 0 ||
        event.ctrlKey ||
        event.metaKey ||
        event.shiftKey ||
        link.target === '_blank'
      ) {
        return;
      }
      const isKept = link.origin === window.location.origin && /^\/crud(\/|$)/.test(link.pathname);
      if (!isKept && /^https?:$/.test(link.protocol)) {
        event.preventDefault();
        toast({ message: texts.notOffline });
      }
    }
    document.addEventListener('click', press);
    return () => document.removeEventListener('click', press);
  }, [texts, toast]);
  return null;
}
