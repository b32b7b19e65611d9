'use client';

import { hearGoodbye, useToast } from '@kumiko/ui';
import { useEffect } from 'react';
import { messages } from '../messages';

/** Confirms the deletion to people who deleted their account. */
export function Goodbye(): null {
  const toast = useToast();
  useEffect(() => {
    if (hearGoodbye()) {
      // React doesn't know the language yet while the page loads.
      const texts = document.documentElement.lang === 'ja' ? messages.ja : messages.en;
      toast({ message: texts.accountDeleted, duration: 12_000 });
    }
  }, [toast]);
  return null;
}
