'use client';

import { ProblemError, useApi, useSession, type User } from '@kumiko/api-client';
import { useOnline } from '@kumiko/browser';
import { EmptyState, ErrorState, sayGoodbye, Skeleton, useSharedTexts, useTexts } from '@kumiko/ui';
import { useIsFetching, useIsMutating, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { createContext, Fragment, useContext, useEffect, useRef, type ReactNode } from 'react';
import { messages } from '../messages';
import type { NoticeKind } from '../sign-in/Notice';
import { replaceDocument } from '../sign-in/replaceDocument';
import { startPage, withReturn } from '../sign-in/safeReturn';

type EndReason = NoticeKind | 'deleted';

const UserContext = createContext<{ user: User; setReason: (reason: EndReason) => void } | null>(null);

/** The signed-in user. Only below {@link SignedInOnly}. */
export function useUser(): User {
  return useAccount().user;
}

/** Returns a function by which a page says why it is about to end the session. */
export function useEndReason(): (reason: EndReason) => void {
  return useAccount().setReason;
}

function useAccount() {
  const account = useContext(UserContext);
  if (account === null) {
    throw new Error('This needs SignedInOnly above it.');
  }
  return account;
}

/**
 * Shows its children to signed-in users. Others are sent to the sign-in page and come back. The next request, or the window's next focus,
 * detects a session that was ended elsewhere.
 */
export function SignedInOnly({ children }: { children: ReactNode }) {
  const texts = useTexts(messages);
  const { session, account } = useApi();
  const { status, user } = useSession();
  const router = useRouter();
  const client = useQueryClient();
  const isOnline = useOnline();
  const wasSignedIn = useRef(false);
  const why = useRef<EndReason | null>(null);

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
  const isRejected = me.error instanceof ProblemError && me.error.status === 401;

  // If any request learns that the session is over, tell the person that it was ended, and not by them.
  useEffect(() => {
    function note(error: unknown): void {
      if (error instanceof ProblemError && error.status === 401 && error.need === null) {
        why.current ??= 'ended';
      }
    }
    const stops = [
      client.getQueryCache().subscribe((event) => {
        note(event.query.state.error);
      }),
      client.getMutationCache().subscribe((event) => {
        note(event.mutation?.state.error);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client]);

  // A pending request may be the one that learns why the session ended.
  const isAtRest = useIsFetching() + useIsMutating() === 0;
  // Only when the status changes: a request that ends between a page's reason and the end of the session must not erase the reason.
  useEffect(() => {
    if (status === 'signed-in') {
      wasSignedIn.current = true;
      why.current = null;
    }
  }, [status]);
  useEffect(() => {
    if (status === 'anonymous' && isAtRest && (wasSignedIn.current || isRejected)) {
      // A freshly loaded page was never signed in itself, but the browser was.
      const notice = wasSignedIn.current ? (why.current ??= 'signed-out') : session.wasEnded ? 'ended' : null;
      // The router leaves the site for a page that it can't load.
      if (!isOnline) {
        return;
      }
      client.clear();
      if (notice === 'deleted') {
        sayGoodbye();
        replaceDocument(startPage);
        return;
      }
      const isComingBack = notice === null || notice === 'ended';
      const page = withReturn('/login', isComingBack ? window.location.pathname + window.location.search : null);
      router.replace(notice === null ? page : `${page}${isComingBack ? '&' : '?'}notice=${notice}`);
    }
  }, [status, isAtRest, isRejected, isOnline, session, client, router]);

  if (user !== null) {
    return (
      <UserContext
        value={{
          user,
          setReason: (reason) => {
            why.current = reason;
          },
        }}
      >
        {/* The next person sees nothing of what the previous one typed. */}
        <Fragment key={user.id}>{children}</Fragment>
      </UserContext>
    );
  }
  if (!isOnline) {
    return <EmptyState title={texts.offlineTitle}>{texts.offline}</EmptyState>;
  }
  if (me.isError && !isRejected) {
    return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
  }
  return <AccountSkeleton />;
}

/** Shown until a page of the account has loaded. */
function AccountSkeleton() {
  const texts = useSharedTexts();
  return (
    <div role="status" aria-label={texts.loading} className="rounded-lg border border-line bg-surface p-5 sm:p-6">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="mt-2 h-5 w-72 max-w-full" />
      <Skeleton className="mt-7 h-12 w-full max-w-md" />
      <Skeleton className="mt-5 h-12 w-full max-w-md" />
      <Skeleton className="mt-5 h-11 w-36" />
    </div>
  );
}
