'use client';

import { useApi } from '@kumiko/api-client';
import { localStore, useStore } from '@kumiko/browser';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { Deletions } from './Deletions';
import { Ledger } from './Ledger';
import type { Changes } from './merge';
import { Outbox, type UnsentPost } from './Outbox';

/** What all pages share besides the lists that were read. */
export interface Board {
  ledger: Ledger;
  outbox: Outbox;
  deletions: Deletions;
  /** The newest post that each list has shown. Newer posts of others wait until the person asks for them. */
  shownUpTo: Map<string, number>;
}

const none: readonly UnsentPost[] = [];

const Context = createContext<Board | null>(null);

export function BoardProvider({ children }: { children: ReactNode }) {
  const [board] = useState<Board>(() => ({
    ledger: new Ledger(),
    outbox: new Outbox(localStore),
    deletions: new Deletions(),
    shownUpTo: new Map(),
  }));
  const { session } = useApi();
  useEffect(() => session.whenLeft(board.outbox.forget), [session, board]);
  useEffect(() => {
    window.addEventListener('storage', board.outbox.receive);
    return () => window.removeEventListener('storage', board.outbox.receive);
  }, [board]);
  return <Context value={board}>{children}</Context>;
}

export function useBoard(): Board {
  const board = useContext(Context);
  if (board === null) {
    throw new Error('useBoard needs a BoardProvider above it.');
  }
  return board;
}

export function useChanges(): Changes {
  const { ledger } = useBoard();
  return useStore(ledger.changes);
}

/** The posts that the server doesn't have yet. */
export function useUnsentPosts(): readonly UnsentPost[] {
  return useStore(useBoard().outbox.posts, () => none);
}
