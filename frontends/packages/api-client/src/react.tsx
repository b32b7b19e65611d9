'use client';

import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { AccountClient, PostsClient, SessionsClient, UsersClient } from './generated';
import { Session, type SessionState } from './session';

/** The generated clients, each of which speaks for whoever is signed in. */
export interface Api {
  session: Session;
  posts: PostsClient;
  account: AccountClient;
  sessions: SessionsClient;
  users: UsersClient;
}

const Context = createContext<Api | null>(null);
const atFirst: SessionState = { status: 'loading', user: null };

function connect(): Api {
  const session = new Session();
  const http = { fetch: session.fetch };
  return {
    session,
    posts: new PostsClient('', http),
    account: new AccountClient('', http),
    sessions: new SessionsClient('', http),
    users: new UsersClient('', http),
  };
}

/** Gives the pages below one session and the clients that use it. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [api] = useState(connect);
  useEffect(() => {
    void api.session.start();
  }, [api]);
  return <Context value={api}>{children}</Context>;
}

export function useApi(): Api {
  const api = useContext(Context);
  if (api === null) {
    throw new Error('useApi needs an ApiProvider above it.');
  }
  return api;
}

/** Who uses this browser, and how to change that. */
export function useSession(): SessionState & Pick<Session, 'signIn' | 'register' | 'signOut'> {
  const { session } = useApi();
  const state = useSyncExternalStore(session.subscribe, session.getState, () => atFirst);
  return useMemo(
    () => ({
      ...state,
      signIn: (email, password) => session.signIn(email, password),
      register: (request, key) => session.register(request, key),
      signOut: () => session.signOut(),
    }),
    [session, state],
  );
}
