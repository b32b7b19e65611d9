'use client';

import { PageLink } from '@kumiko/ui/next/link';
import { useSearchParams } from 'next/navigation';
import { Suspense } from 'react';
import { withReturn } from './safeReturn';

interface Target {
  question: string;
  page: '/login' | '/register';
  label: string;
}

/** A link to the other form (signing in or registering), with the same destination. */
export function OtherFormLink(target: Target) {
  return (
    <p className="text-sm text-muted">
      {target.question}{' '}
      <Suspense fallback={<FormLink {...target} wanted={null} />}>
        <ReturningLink {...target} />
      </Suspense>
    </p>
  );
}

function ReturningLink(target: Target) {
  return <FormLink {...target} wanted={useSearchParams().get('return')} />;
}

function FormLink({ page, label, wanted }: Target & { wanted: string | null }) {
  return (
    <PageLink
      href={withReturn(page, wanted)}
      className="inline-flex min-h-11 items-center font-medium text-accent underline underline-offset-4 hover:text-accent-strong"
    >
      {label}
    </PageLink>
  );
}
