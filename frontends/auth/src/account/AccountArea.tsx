'use client';

import { AppShell, useTexts } from '@kumiko/ui';
import { PageLink } from '@kumiko/ui/next/link';
import clsx from 'clsx';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { messages } from '../messages';
import { sections } from './sections';

/** The account pages, with their navigation at the side, or above them on a phone. */
export function AccountArea({ children }: { children: ReactNode }) {
  const texts = useTexts(messages);
  const here = usePathname();
  return (
    <AppShell>
      <div className="md:grid md:grid-cols-[12rem_minmax(0,1fr)] md:gap-10">
        <nav
          aria-label={texts.account}
          className={clsx(
            '-mx-4 -mt-6 mb-6 overflow-x-auto border-b border-line px-4 sm:-mx-6 sm:-mt-8 sm:px-6 md:mx-0 md:mt-0 md:mb-0',
            'md:overflow-visible md:border-0 md:px-0',
          )}
        >
          <ul className="flex md:sticky md:top-24 md:flex-col md:gap-1">
            {sections.map(({ page, icon: Icon, label }) => (
              <li key={page}>
                <PageLink
                  href={page}
                  aria-current={here === page ? 'page' : undefined}
                  className={clsx(
                    'flex min-h-12 items-center gap-3 px-3 text-sm font-medium whitespace-nowrap -outline-offset-2',
                    'transition-colors md:min-h-11 md:rounded-md',
                    here === page
                      ? 'text-accent forced-colors:underline shadow-[inset_0_-2px_0_currentColor] md:bg-accent-soft md:shadow-none'
                      : 'text-muted hover:text-ink md:hover:bg-raised',
                  )}
                >
                  <Icon aria-hidden="true" className="hidden size-4 sm:block" />
                  {label(texts)}
                </PageLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className="max-w-(--width-column) min-w-0">{children}</div>
      </div>
    </AppShell>
  );
}
