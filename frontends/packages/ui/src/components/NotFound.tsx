'use client';

import { useSharedTexts } from '../language';
import { buttonClass } from './Button';
import { PageTitle } from './PageTitle';
import { EmptyState } from './States';

/** The page for an unknown address, in the same frame as other pages. */
export function NotFound() {
  const texts = useSharedTexts();
  return (
    <div className="mx-auto max-w-(--width-column)">
      <PageTitle title={texts.notFoundTitle} />
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
    </div>
  );
}
