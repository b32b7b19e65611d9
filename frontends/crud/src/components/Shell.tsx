'use client';

import { AppShell } from '@kumiko/ui';
import { usePathname, useSearchParams } from 'next/navigation';
import { Suspense, useEffect, type ReactNode } from 'react';
import { useUndoKey } from '../posts/useUndoKey';
import { arrive } from './scrollPlaces';
import { SearchBox } from './SearchBox';

/** What stays while people go from page to page. */
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
