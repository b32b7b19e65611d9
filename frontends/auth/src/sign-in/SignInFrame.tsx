'use client';

import { AppShell, PageTitle } from '@kumiko/ui';
import clsx from 'clsx';
import { Suspense, type ReactNode } from 'react';
import { LatticePanel } from './LatticePanel';
import { Notice } from './Notice';
import { Obstacle } from './Obstacle';

interface Props {
  title: string;
  /** The introduction; null if the content says it all. */
  lead: string | null;
  /** Whether the page is of use only to a browser that can stay signed in. */
  needsCookies?: boolean;
  /** Whether the content isn't known yet. Until then the likely content reserves its space, invisible. */
  isPending?: boolean;
  children: ReactNode;
}

/** What the pages around signing in look like: a form, and on wide screens a lattice beside it. */
export function SignInFrame({ title, lead, needsCookies = false, isPending = false, children }: Props) {
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
            {lead !== null && (
              <div className={clsx(isPending && 'invisible')}>
                <Suspense fallback={<Lead>{lead}</Lead>}>
                  <Notice>
                    <Lead>{lead}</Lead>
                  </Notice>
                </Suspense>
              </div>
            )}
          </div>
          {needsCookies && <Obstacle />}
          <div className={clsx('flex flex-col gap-6', isPending && 'invisible')}>{children}</div>
        </div>
        <LatticePanel />
      </div>
    </AppShell>
  );
}

function Lead({ children }: { children: ReactNode }) {
  return <p className="mt-1 text-muted">{children}</p>;
}
