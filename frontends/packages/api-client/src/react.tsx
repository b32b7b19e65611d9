'use client';

import { createContext, startTransition, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { AccountClient, AdministrationClient, PasskeysClient, PostsClient, SessionsClient, UsersClient } from './generated';
import { Session } from './session/Session';
import type { SessionState } from './session/SharedSession';

/** The generated clients, each acting for the signed-in person. */
export interface Api {
  session: Session;
  posts: PostsClient;
  account: AccountClient;
  passkeys: PasskeysClient;
  sessions: SessionsClient;
  users: UsersClient;
  administration: AdministrationClient;
}

const Context = createContext<Api | null>(null);
const StateContext = createContext<SessionState>({ status: 'loading', user: null });

function connect(): Api {
  const session = new Session();
  const http = { fetch: session.fetch };
  return {
    session,
    posts: new PostsClient('', http),
    account: new AccountClient('', http),
    passkeys: new PasskeysClient('', http),
    sessions: new SessionsClient('', http),
    users: new UsersClient('', http),
    administration: new AdministrationClient('', http),
  };
}

/** Provides the pages below with one session and the clients that use it. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [api] = useState(connect);
  const [state, setState] = useState(api.session.getState);
  useEffect(() => {
    // Who is signed in changes much of a page, so render with low priority.
    function follow(): void {
      startTransition(() => setState(api.session.getState()));
    }
    const stop = api.session.subscribe(follow);
    void api.session.start();
    // A call made while the page loads may already have started the session, because children's effects run before this one.
    follow();
    return stop;
  }, [api]);
  return (
    <Context value={api}>
      <StateContext value={state}>{children}</StateContext>
    </Context>
  );
}

export function useApi(): Api {
  const api = useContext(Context);
  if (api === null) {
    throw new Error('useApi needs an ApiProvider above it.');
  }
  return api;
}

/** The person who uses this browser, and how to change that. */
export function useSession(): SessionState & Pick<Session, 'signIn' | 'register' | 'signOut'> {
  const { session } = useApi();
  const state = useContext(StateContext);
  return useMemo(
    () => ({
      ...state,
      signIn: (request) => session.signIn(request),
      register: (request, key) => session.register(request, key),
      signOut: () => session.signOut(),
    }),
    [session, state],
  );
}
