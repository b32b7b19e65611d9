'use client';

import { useSharedTexts } from '../language';
import { AppShell } from './AppShell';
import { PageTitle } from './PageTitle';
import { ErrorState } from './States';

/** Replaces a page that failed. The rest of the site still works. */
export function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <AppShell>
      <PageError heading="h1" error={error} reset={reset} />
    </AppShell>
  );
}

/** The same below the header, which still works. */
export function PageError({ error, reset, heading }: { error: Error; reset: () => void; heading?: 'h1' | 'h2' }) {
  const texts = useSharedTexts();
  return (
    <>
      <PageTitle title={texts.errorTitle} />
      <ErrorState heading={heading} error={error} onRetry={() => tryAgain(reset)} />
    </>
  );
}

// A part of a version that is no longer served never loads in an open page, so reload. Drafts survive the reload, which needs a network.
function tryAgain(reset: () => void): void {
  if (navigator.onLine) {
    window.location.reload();
  } else {
    reset();
  }
}
