'use client';

import { PageTitle } from '@kumiko/ui';
import clsx from 'clsx';
import { useId, type ReactNode } from 'react';
import { SignedInOnly } from './SignedInOnly';

/** A page of the account with its title and introduction. Its content is only for signed-in users. */
export function Page({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <>
      <PageTitle title={title} />
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <p className="mt-1 text-muted">{lead}</p>
      <div className="mt-6 flex flex-col gap-6">
        <SignedInOnly>{children}</SignedInOnly>
      </div>
    </>
  );
}

/** A separate part of a page. */
export function Section({
  title,
  text,
  danger = false,
  children,
}: {
  title: string;
  text?: string;
  danger?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={clsx('rounded-lg border bg-surface p-5 sm:p-6', danger ? 'border-danger/40' : 'border-line')}>
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      {text !== undefined && <p className="mt-1 text-sm text-muted">{text}</p>}
      <div className="mt-5">{children}</div>
    </section>
  );
}
