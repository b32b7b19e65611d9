'use client';

import { createContext, startTransition, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
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
const StateContext = createContext<SessionState>({ status: 'loading', user: null });

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
  const [state, setState] = useState(api.session.getState);
  useEffect(() => {
    // Who it is changes much of a page, which is drawn little by little then.
    function follow(): void {
      startTransition(() => setState(api.session.getState()));
    }
    const stop = api.session.subscribe(follow);
    void api.session.start();
    // A call that a page makes as it comes has started the session already: what pages do at first happens before this.
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

/** Who uses this browser, and how to change that. */
export function useSession(): SessionState & Pick<Session, 'signIn' | 'register' | 'signOut'> {
  const { session } = useApi();
  const state = useContext(StateContext);
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
