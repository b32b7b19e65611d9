'use client';

import { createContext, useContext, useLayoutEffect, useState, type ReactNode } from 'react';

const Context = createContext<(title: string | null) => void>(() => {});

/**
 * Names a page in its tab, in the history and for screen readers; '' is the board itself. What the page holds may name it more exactly once that is
 * known ({@link usePageTitle}).
 *
 * React keeps the element. Next.js writes the title of its own metadata whenever that arrives, over whatever a script has put there: no page has both.
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

/** Names the page around by what it holds. */
export function usePageTitle(title: string): void {
  const name = useContext(Context);
  useLayoutEffect(() => {
    name(title);
    return () => name(null);
  }, [name, title]);
}
