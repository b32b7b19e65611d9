'use client';

import { ErrorState } from './States';
import { AppShell } from './AppShell';

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
  return <ErrorState heading={heading} error={error} onRetry={() => tryAgain(reset)} />;
}

// A part that could not be loaded, as of a version that is served no more, never comes to a page that stands. Drafts outlive the reload, for which there must be a network.
function tryAgain(reset: () => void): void {
  if (navigator.onLine) {
    window.location.reload();
  } else {
    reset();
  }
}
