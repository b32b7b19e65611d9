'use client';

import { ProblemError, useApi, useSession, type User } from '@kumiko/api-client';
import { EmptyState, ErrorState, sayGoodbye, Skeleton, useTexts } from '@kumiko/ui';
import { useIsFetching, useIsMutating, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { createContext, Fragment, useContext, useEffect, useRef, type ReactNode } from 'react';
import { crossTo } from '../door/crossTo';
import type { NoticeKind } from '../door/Notice';
import { startPage, withReturn } from '../door/safeReturn';
import { messages } from '../messages';

type Farewell = NoticeKind | 'deleted';

const UserContext = createContext<{ user: User; sayWhy: (farewell: Farewell) => void } | null>(null);

/** The signed-in user. Only below {@link SignedInOnly}. */
export function useUser(): User {
  return useAccount().user;
}

/** How a page says why the session is about to end, before it ends it. */
export function useFarewell(): (farewell: Farewell) => void {
  return useAccount().sayWhy;
}

function useAccount() {
  const account = useContext(UserContext);
  if (account === null) {
    throw new Error('This needs SignedInOnly above it.');
  }
  return account;
}

/**
 * Shows what is within to whoever is signed in; others are led to the door and come back. A session that was ended elsewhere is noticed by the next
 * request, and when the window gets the focus.
 */
export function SignedInOnly({ children }: { children: ReactNode }) {
  const texts = useTexts(messages);
  const { session, account } = useApi();
  const { status, user } = useSession();
  const router = useRouter();
  const client = useQueryClient();
  const wasSignedIn = useRef(false);
  const why = useRef<Farewell | null>(null);

  const me = useQuery({
    queryKey: ['me'],
    queryFn: async ({ signal }) => {
      const fresh = await account.getMe(undefined, signal);
      if (JSON.stringify(fresh) !== JSON.stringify(session.getState().user)) {
        session.update(fresh);
      }
      return fresh;
    },
    enabled: status !== 'loading',
    refetchOnWindowFocus: 'always',
  });
  const isRefused = me.error instanceof ProblemError && me.error.status === 401;

  // Whichever request learns that the session is over, the person hears that it was ended, and not by them.
  useEffect(() => {
    function hear(error: unknown): void {
      if (error instanceof ProblemError && error.status === 401) {
        why.current ??= 'ended';
      }
    }
    const stops = [
      client.getQueryCache().subscribe((event) => {
        hear(event.query.state.error);
      }),
      client.getMutationCache().subscribe((event) => {
        hear(event.mutation?.state.error);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client]);

  // A request that is under way when the session goes may be the one that tells why.
  const isAtRest = useIsFetching() + useIsMutating() === 0;
  useEffect(() => {
    if (status === 'signed-in') {
      wasSignedIn.current = true;
      why.current = null;
    }
    if (status === 'anonymous' && isAtRest && (wasSignedIn.current || isRefused)) {
      // A page that was loaded anew was never signed in; the browser was.
      const notice = wasSignedIn.current ? (why.current ?? 'signed-out') : session.wasEnded ? 'ended' : null;
      client.clear();
      if (notice === 'deleted') {
        sayGoodbye();
        crossTo(startPage);
        return;
      }
      const isComingBack = notice === null || notice === 'ended';
      const door = withReturn('/login', isComingBack ? window.location.pathname + window.location.search : null);
      router.replace(notice === null ? door : `${door}${isComingBack ? '&' : '?'}notice=${notice}`);
    }
  }, [status, isAtRest, isRefused, session, client, router]);

  if (user !== null) {
    return (
      <UserContext
        value={{
          user,
          sayWhy: (farewell) => {
            why.current = farewell;
          },
        }}
      >
        {/* Somebody else finds nothing of what the one before had typed. */}
        <Fragment key={user.id}>{children}</Fragment>
      </UserContext>
    );
  }
  if (me.fetchStatus === 'paused') {
    return <EmptyState title={texts.offlineTitle}>{texts.offline}</EmptyState>;
  }
  if (me.isError && !isRefused) {
    return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
  }
  return <AccountSkeleton />;
}

/** What a page of the account holds before it is there. */
function AccountSkeleton() {
  const texts = useTexts(messages);
  return (
    <div role="status" aria-label={texts.loading}>
      <Skeleton className="h-80 w-full rounded-lg!" />
    </div>
  );
}
