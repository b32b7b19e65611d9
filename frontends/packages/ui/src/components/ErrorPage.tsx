'use client';

import { ErrorState } from './States';
import { AppShell } from './AppShell';

/** Stands in for a page that broke: the rest of the site still works. */
export function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <AppShell>
      <ErrorState heading="h1" error={error} onRetry={reset} />
    </AppShell>
  );
}
