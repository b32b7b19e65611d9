'use client';

import { useSession } from '@kumiko/api-client';
import { AppShell, PageTitle } from '@kumiko/ui';
import clsx from 'clsx';
import { Suspense, useEffect, type ReactNode } from 'react';
import { LatticePanel } from './LatticePanel';
import { Notice } from './Notice';
import { Obstacle } from './Obstacle';
import { useRedirectBack } from './useRedirectBack';

/** The page around a sign-in or registration form. Redirects people who are signed in, already or now. */
export function SignInLayout({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const { status } = useSession();
  const redirectBack = useRedirectBack();

  useEffect(() => {
    if (status === 'signed-in') {
      redirectBack();
    }
  }, [status, redirectBack]);

  return (
    <AppShell signIn={false}>
      <PageTitle title={title} />
      <div
        className={clsx(
          'mx-auto grid max-w-md lg:max-w-none lg:min-h-[37rem] lg:grid-cols-2 lg:overflow-hidden lg:rounded-lg lg:border',
          'lg:border-line lg:bg-surface lg:shadow-card',
        )}
      >
        <div className="flex flex-col justify-center gap-6 lg:px-14 lg:py-10">
          <div>
            <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
            <Suspense fallback={<Lead>{lead}</Lead>}>
              <Notice>
                <Lead>{lead}</Lead>
              </Notice>
            </Suspense>
          </div>
          <Obstacle />
          {children}
        </div>
        <LatticePanel />
      </div>
    </AppShell>
  );
}

function Lead({ children }: { children: ReactNode }) {
  return <p className="mt-1 text-muted">{children}</p>;
}
