'use client';

import { hearGoodbye, useToast } from '@kumiko/ui';
import { useEffect } from 'react';
import { messages } from '../messages';

/** Tells whoever deleted their account that it is done. */
export function Goodbye(): null {
  const toast = useToast();
  useEffect(() => {
    if (hearGoodbye()) {
      // As the page comes, React does not know its language yet.
      const texts = document.documentElement.lang === 'ja' ? messages.ja : messages.en;
      toast({ message: texts.accountDeleted, duration: 12_000 });
    }
  }, [toast]);
  return null;
}
