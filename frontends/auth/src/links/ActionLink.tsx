import { buttonClass } from '@kumiko/ui';
import { PageLink } from '@kumiko/ui/next/link';
import type { ReactNode } from 'react';

/** The next step after a form, as a link that looks like its button. */
export function ActionLink({ page, children }: { page: string; children: ReactNode }) {
  return (
    <PageLink href={page} className={buttonClass('primary', 'min-h-12!')}>
      {children}
    </PageLink>
  );
}
