'use client';

import { useEffect } from 'react';
import { useSharedTexts } from '../language';
import { useToast } from './Toasts';

/**
 * Shows a message instead of following a link to an uncached page without a network. The browser would replace this page with its own error
 * page.
 */
export function StayInside(): null {
  const texts = useSharedTexts();
  const toast = useToast();
  useEffect(() => {
    async function visit(link: HTMLAnchorElement): Promise<void> {
      if (isBoard(link) && (await isBoardKept())) {
        window.location.assign(link.href);
      } else {
        toast({ message: texts.notOffline });
      }
    }

    function press(event: MouseEvent): void {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (
        navigator.onLine ||
        link === null ||
        event.button !== 0 ||
        event.ctrlKey ||
        event.metaKey ||
        event.shiftKey ||
        link.target === '_blank' ||
        !/^https?:$/.test(link.protocol) ||
        isWithinPage(link) ||
        (isBoard(link) && isBoard(window.location))
      ) {
        return;
      }
      event.preventDefault();
      // A menu closes by itself only if nobody has prevented the click.
      link.closest('[role=menu]')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      void visit(link);
    }

    // Before the router, which would load the next page.
    document.addEventListener('click', press, { capture: true });
    return () => document.removeEventListener('click', press, { capture: true });
  }, [texts, toast]);
  return null;
}

function isBoard({ origin, pathname }: Pick<Location, 'origin' | 'pathname'>): boolean {
  return origin === window.location.origin && /^\/crud(\/|$)/.test(pathname);
}

function isWithinPage({ href, hash }: HTMLAnchorElement): boolean {
  return hash !== '' && href.split('#')[0] === window.location.href.split('#')[0];
}

// A person may have arrived on another page of the site, and never have seen the board. Where storage is forbidden, so are workers.
async function isBoardKept(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) {
    return false;
  }
  const worker = await navigator.serviceWorker.getRegistration('/crud').catch(() => undefined);
  return worker?.active != null;
}
