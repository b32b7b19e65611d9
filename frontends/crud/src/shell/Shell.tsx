'use client';

import { AppShell } from '@kumiko/ui';
import { usePathname, useSearchParams } from 'next/navigation';
import { Suspense, useEffect, type ReactNode } from 'react';
import { arrive } from '../feed/scrollPlaces';
import { useUndoKey } from '../post/useUndoKey';
import { SearchBox } from '../search/SearchBox';

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
