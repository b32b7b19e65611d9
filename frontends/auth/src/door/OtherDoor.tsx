'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { Suspense } from 'react';
import { withReturn } from './safeReturn';

interface Door {
  question: string;
  page: '/login' | '/register';
  label: string;
}

/** A link to the other form (signing in or registering), with the same destination. */
export function OtherDoor(door: Door) {
  return (
    <p className="text-sm text-muted">
      {door.question}{' '}
      <Suspense fallback={<DoorLink {...door} wanted={null} />}>
        <ReturningLink {...door} />
      </Suspense>
    </p>
  );
}

function ReturningLink(door: Door) {
  return <DoorLink {...door} wanted={useSearchParams().get('return')} />;
}

function DoorLink({ page, label, wanted }: Door & { wanted: string | null }) {
  return (
    <Link
      href={withReturn(page, wanted)}
      className="inline-flex min-h-11 items-center font-medium text-accent underline underline-offset-4 hover:text-accent-strong"
    >
      {label}
    </Link>
  );
}
