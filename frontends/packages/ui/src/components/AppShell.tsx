'use client';

import { useSession } from '@kumiko/api-client';
import clsx from 'clsx';
import { Settings } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { afterInteraction } from '../afterInteraction';
import { useSharedTexts } from '../language';
import { Avatar } from './Avatar';
import { buttonClass } from './Button';
import { late } from './late';
import { Mark } from './Mark';
import { MenuButton } from './MenuButton';
import { Skeleton } from './Skeleton';

const loadAccountMenu = () => import('./AccountMenu');
const AccountMenu = late(loadAccountMenu);

/** The address of the sign-in page, with this page as the destination. */
export function signInAddress(page: 'login' | 'register' = 'login'): string {
  const here = typeof window === 'undefined' ? '' : window.location.pathname + window.location.search;
  return here === '' || here.startsWith('/auth') ? `/auth/${page}` : `/auth/${page}?return=${encodeURIComponent(here)}`;
}

/**
 * The frame of every page: the skip link, the header, and the content. On the sign-in pages, the header doesn't ask people to sign in:
 * `signIn={false}`.
 */
export function AppShell({ search, signIn = true, children }: { search?: ReactNode; signIn?: boolean; children: ReactNode }) {
  const texts = useSharedTexts();
  return (
    <>
      <a
        href="#content"
        className={clsx(
          'sr-only focus:not-sr-only focus:fixed focus:start-4 focus:top-3 focus:z-60 focus:rounded-md focus:border',
          'focus:border-transparent focus:bg-accent focus:px-4 focus:py-2 focus:text-on-accent',
        )}
      >
        {texts.skip}
      </a>
      <header className="sticky top-0 z-20 border-b border-line bg-paper">
        {/* The middle part is aligned with the page below, whoever is signed in. */}
        <div
          className={clsx(
            'mx-auto grid h-16 max-w-5xl grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-3 px-4',
            'sm:grid-cols-[1fr_minmax(0,24rem)_1fr] sm:gap-6 sm:px-6 lg:grid-cols-[1fr_minmax(0,28rem)_1fr]',
          )}
        >
          <a href="/crud" aria-label={texts.home} className="flex min-h-11 items-center gap-2.5 justify-self-start rounded-md text-accent">
            <Mark />
            <span className="hidden text-lg font-semibold tracking-tight text-ink sm:inline">Kumiko</span>
          </a>
          <div className="min-w-0">{search}</div>
          <div className="justify-self-end">
            <Account signIn={signIn} />
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-5xl px-4 py-6 outline-none sm:px-6 sm:py-8">
        {children}
      </main>
    </>
  );
}

function Account({ signIn }: { signIn: boolean }) {
  const texts = useSharedTexts();
  const { status, user } = useSession();
  const isLoading = status === 'loading';

  // Load it early: there may be no network when it is needed.
  useEffect(() => afterInteraction([loadAccountMenu]), []);

  if (user !== null) {
    return (
      <MenuButton label={texts.menu} icon={<Avatar id={user.id} name={user.username} />} menu={(props) => <AccountMenu {...props} />} />
    );
  }
  return (
    <>
      {isLoading && (
        <div className="not-in-data-signed-in:hidden">
          <Skeleton className="size-11 rounded-full!" />
        </div>
      )}
      {/* While loading, shown to people who weren't signed in on their last visit (see boot.ts), without any change later. */}
      <div className={clsx('flex items-center gap-2', isLoading && 'in-data-signed-in:hidden')}>
        {signIn && (
          <a
            href="/auth/login"
            onClick={(event) => (event.currentTarget.href = signInAddress())}
            className={buttonClass('secondary', 'max-[22.5rem]:px-3')}
          >
            {texts.signIn}
          </a>
        )}
        <MenuButton
          label={texts.settings}
          icon={<Settings aria-hidden="true" className="size-5" />}
          menu={(props) => <AccountMenu {...props} />}
        />
      </div>
    </>
  );
}
