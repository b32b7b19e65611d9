'use client';

import { usePageTitle, useSharedTexts } from '../language';
import { AppShell } from './AppShell';
import { buttonClass } from './Button';
import { EmptyState } from './States';

/** What an address without a page shows. */
export function NotFoundPage() {
  const texts = useSharedTexts();
  usePageTitle(texts.notFoundTitle);
  return (
    <AppShell>
      <EmptyState
        heading="h1"
        title={texts.notFoundTitle}
        action={
          <a href="/crud" className={buttonClass('primary')}>
            {texts.toBoard}
          </a>
        }
      >
        {texts.notFound}
      </EmptyState>
    </AppShell>
  );
}
