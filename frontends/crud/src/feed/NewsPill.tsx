'use client';

import { useTexts } from '@kumiko/ui';
import clsx from 'clsx';
import { ArrowUp } from 'lucide-react';
import { messages } from '../messages';

/** Says how many new posts wait above the list, and shows them when pressed. */
export function NewsPill({ count, onShow }: { count: number; onShow: () => void }) {
  const texts = useTexts(messages);
  return (
    <div aria-live="polite" className="pointer-events-none sticky top-20 z-10 flex h-0 justify-center">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className={clsx(
            'pointer-events-auto inline-flex h-11 -translate-y-1 animate-[kumiko-rise_150ms_ease-out] items-center gap-2 rounded-full',
            'border border-transparent bg-accent px-5 text-sm font-medium text-on-accent shadow-float hover:bg-accent-strong',
          )}
        >
          <ArrowUp aria-hidden="true" className="size-4" />
          {texts.news(count)}
        </button>
      )}
    </div>
  );
}
