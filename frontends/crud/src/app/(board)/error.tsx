'use client';

import { ErrorState } from '@kumiko/ui';

/** Stands in for a page that broke: the rest of the site still works. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return <ErrorState error={error} onRetry={reset} />;
}
