'use client';

import { useSharedTexts } from '../language';
import { AppShell } from './AppShell';
import { PageTitle } from './PageTitle';
import { ErrorState } from './States';

/** Stands in for a page that broke: the rest of the site still works. */
export function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <AppShell>
      <PageError heading="h1" error={error} reset={reset} />
    </AppShell>
  );
}

/** The same where the header still stands. */
export function PageError({ error, reset, heading }: { error: Error; reset: () => void; heading?: 'h1' | 'h2' }) {
  const texts = useSharedTexts();
  return (
    <>
      <PageTitle title={texts.errorTitle} />
      <ErrorState heading={heading} error={error} onRetry={() => tryAgain(reset)} />
    </>
  );
}

// A part that could not be loaded, as of a version that is served no more, never comes to a page that stands. Drafts outlive the reload, for which there must be a network.
function tryAgain(reset: () => void): void {
  if (navigator.onLine) {
    window.location.reload();
  } else {
    reset();
  }
}
