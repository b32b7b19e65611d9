'use client';

import { AppShell, useTexts } from '@kumiko/ui';
import { PageLink } from '@kumiko/ui/next/link';
import clsx from 'clsx';
import { MailPlus, ScrollText, UsersRound } from 'lucide-react';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { StepUp } from '../account/StepUp';
import { adminMessages } from './messages';

const pages = [
  { page: '/admin', also: '/admin/person', icon: UsersRound, label: 'people' },
  { page: '/admin/invitations', also: null, icon: MailPlus, label: 'invitations' },
  { page: '/admin/audit', also: null, icon: ScrollText, label: 'audit' },
] as const;

/** The pages for admins, with their navigation above them. */
export function AdminArea({ children }: { children: ReactNode }) {
  const texts = useTexts(adminMessages);
  const here = usePathname();
  return (
    <AppShell>
      <nav
        aria-label={texts.administration}
        className="-mx-4 -mt-6 mb-6 overflow-x-auto border-b border-line px-4 sm:-mx-6 sm:-mt-8 sm:px-6 lg:mx-0 lg:px-0"
      >
        <ul className="flex">
          {pages.map(({ page, also, icon: Icon, label }) => {
            const isHere = here === page || here === also;
            return (
              <li key={page}>
                <PageLink
                  href={page}
                  aria-current={isHere ? 'page' : undefined}
                  className={clsx(
                    'flex min-h-12 items-center gap-3 px-3 text-sm font-medium whitespace-nowrap -outline-offset-2 transition-colors',
                    isHere ? 'text-accent shadow-[inset_0_-2px_0_currentColor] forced-colors:underline' : 'text-muted hover:text-ink',
                  )}
                >
                  <Icon aria-hidden="true" className="hidden size-4 sm:block" />
                  {texts[label]}
                </PageLink>
              </li>
            );
          })}
        </ul>
      </nav>
      <StepUp>{children}</StepUp>
    </AppShell>
  );
}
