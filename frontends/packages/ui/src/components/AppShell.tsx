'use client';

import { useSession } from '@kumiko/api-client';
import { Settings } from 'lucide-react';
import { lazy, type ReactNode } from 'react';
import { useSharedTexts } from '../language';
import { Avatar } from './Avatar';
import { buttonClass } from './Button';
import { Mark } from './Mark';
import { MenuButton } from './MenuButton';
import { Skeleton } from './Skeleton';

const AccountMenu = lazy(() => import('./AccountMenu'));

/** Where to sign in, and to come back from to this page. */
export function signInAddress(page: 'login' | 'register' = 'login'): string {
  const here = typeof window === 'undefined' ? '' : window.location.pathname + window.location.search;
  return here === '' || here.startsWith('/auth') ? `/auth/${page}` : `/auth/${page}?return=${encodeURIComponent(here)}`;
}

/**
 * What stands around every page: the way past the header, the header, and the page. Where people sign in the
 * header does not ask them to: `signIn={false}`.
 */
export function AppShell({ search, signIn = true, children }: { search?: ReactNode; signIn?: boolean; children: ReactNode }) {
  const texts = useSharedTexts();
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:start-4 focus:top-3 focus:z-60 focus:rounded-md focus:bg-accent focus:px-4 focus:py-2 focus:text-on-accent"
      >
        {texts.skip}
      </a>
      <header className="sticky top-0 z-20 border-b border-line bg-paper">
        <div className="mx-auto flex h-16 max-w-5xl items-center gap-3 px-4 sm:gap-6 sm:px-6">
          <a href="/crud" aria-label={texts.home} className="flex min-h-11 items-center gap-2.5 rounded-md text-accent">
            <Mark />
            <span className="hidden text-lg font-semibold tracking-tight text-ink sm:inline">Kumiko</span>
          </a>
          <div className="min-w-0 grow">{search}</div>
          <Account signIn={signIn} />
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
  if (status === 'loading') {
    return <Skeleton className="size-11 rounded-full!" />;
  }
  return (
    <div className="flex items-center gap-2">
      {user === null && signIn && (
        <a href="/auth/login" onClick={(event) => (event.currentTarget.href = signInAddress())} className={buttonClass('primary')}>
          {texts.signIn}
        </a>
      )}
      <MenuButton
        label={user === null ? texts.settings : texts.menu}
        icon={user === null ? <Settings aria-hidden="true" className="size-5" /> : <Avatar name={user.username} />}
        menu={(trigger) => <AccountMenu trigger={trigger} />}
      />
    </div>
  );
}
