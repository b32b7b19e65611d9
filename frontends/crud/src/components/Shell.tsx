'use client';

import { AppShell } from '@kumiko/ui';
import { usePathname, useSearchParams } from 'next/navigation';
import { Suspense, useEffect, type ReactNode } from 'react';
import { useUndoKey } from '../posts/useUndoKey';
import { arrive } from './scrollPlaces';
import { SearchBox } from './SearchBox';

/** The part that stays during navigation. */
export function Shell({ children }: { children: ReactNode }) {
  useUndoKey();
  return (
    <AppShell search={<SearchBox />}>
      <div className="mx-auto max-w-(--width-column)">{children}</div>
      <Suspense>
        <Arrival />
      </Suspense>
    </AppShell>
  );
}

function Arrival(): null {
  const path = usePathname();
  const query = useSearchParams();
  useEffect(arrive, [path, query]);
  return null;
}
