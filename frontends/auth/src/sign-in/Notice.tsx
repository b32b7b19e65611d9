'use client';

import { useTexts } from '@kumiko/ui';
import { Info } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { messages, type Messages } from '../messages';

/** Why a person was sent to the sign-in page. */
export type NoticeKind = keyof Messages['notices'];

/** Says why the person was sent here, in place of the usual greeting. */
export function Notice({ children }: { children: ReactNode }) {
  const texts = useTexts(messages);
  const kind = useSearchParams().get('notice');
  return kind !== null && Object.hasOwn(texts.notices, kind) ? (
    <p role="status" className="mt-3 flex gap-2.5 rounded-md bg-accent-soft px-3.5 py-2.5 text-sm">
      <Info aria-hidden="true" className="mt-1 size-4 shrink-0 text-accent" />
      {texts.notices[kind as NoticeKind]}
    </p>
  ) : (
    children
  );
}
