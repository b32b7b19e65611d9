'use client';

import { createContext, useContext, useLayoutEffect, useState, type ReactNode } from 'react';

const Context = createContext<(title: string | null) => void>(() => {});

/**
 * The page's title, for tabs, the history and screen readers; '' is the board itself. Once the content is known, it may set a more specific
 * title ({@link usePageTitle}).
 *
 * React keeps the element. Next.js writes its metadata's title whenever that arrives, over anything that a script has set, so pages don't
 * use both.
 */
export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  const [known, setKnown] = useState<string | null>(null);
  const name = known ?? title;
  return (
    <>
      <title>{name === '' ? 'Kumiko' : `${name} · Kumiko`}</title>
      <Context value={setKnown}>{children}</Context>
    </>
  );
}

/** Sets the title of the surrounding page to what it contains. */
export function usePageTitle(title: string): void {
  const name = useContext(Context);
  useLayoutEffect(() => {
    name(title);
    return () => name(null);
  }, [name, title]);
}
