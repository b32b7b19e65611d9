'use client';

import { useApi } from '@kumiko/api-client';
import { afterInteraction, Button, EmptyState, ErrorState, late, Skeleton, useSharedTexts, useTexts } from '@kumiko/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { messages } from '../messages';
import type { EndSessionTarget } from './EndSessionDialog';
import { Page } from './Page';
import { SessionItem } from './SessionItem';
import { useUser } from './SignedInOnly';

const loadDialog = () => import('./EndSessionDialog');
const EndSessionDialog = late(loadDialog);

/** Where the account is signed in. */
export function SessionsPage() {
  const texts = useTexts(messages);
  return (
    <Page title={texts.sessions} lead={texts.sessionsLead}>
      <SessionList />
    </Page>
  );
}

function SessionList() {
  const texts = useTexts(messages);
  const { sessions } = useApi();
  const user = useUser();
  const list = useRef<HTMLUListElement>(null);
  const [target, setTarget] = useState<EndSessionTarget | null>(null);
  const [isOpen, setOpen] = useState(false);

  useEffect(() => afterInteraction([loadDialog]), []);

  const query = useInfiniteQuery({
    queryKey: ['sessions', user.id],
    queryFn: ({ pageParam, signal }) => sessions.listSessions(20, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    refetchOnWindowFocus: 'always',
  });

  function ask(wanted: EndSessionTarget): void {
    setTarget(wanted);
    setOpen(true);
  }

  if (query.data === undefined) {
    if (query.fetchStatus === 'paused') {
      return <EmptyState title={texts.offlineTitle}>{texts.offline}</EmptyState>;
    }
    return query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <ListSkeleton />;
  }
  const items = query.data.pages.flatMap((page) => page.items);
  const hasOthers = items.some((item) => !item.current) || query.hasNextPage;
  return (
    <>
      <ul ref={list} tabIndex={-1} aria-label={texts.sessions} className="divide-y divide-line rounded-lg border border-line bg-surface">
        {items.map((item) => (
          <SessionItem key={item.id} item={item} onEnd={(device) => ask({ id: item.id, device })} />
        ))}
      </ul>
      {query.isFetchNextPageError && <ErrorState error={query.error} onRetry={() => void query.fetchNextPage()} />}
      <div className="flex flex-wrap items-center gap-3">
        {query.hasNextPage && (
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {texts.more}
          </Button>
        )}
        {hasOthers ? (
          <Button kind="danger" aria-haspopup="dialog" onClick={() => ask({ id: null })}>
            {texts.endOthers}
          </Button>
        ) : (
          <p className="text-sm text-muted">{texts.noOthers}</p>
        )}
      </div>
      {target !== null && (
        // The button that opened the dialog disappears with its session, so the focus moves to the rest of the list.
        <EndSessionDialog target={target} open={isOpen} onOpenChange={setOpen} fallback={list} onFailed={() => setTarget(null)} />
      )}
    </>
  );
}

function ListSkeleton() {
  const texts = useSharedTexts();
  return (
    <div role="status" aria-label={texts.loading} className="divide-y divide-line rounded-lg border border-line bg-surface">
      {[1, 2].map((row) => (
        <div key={row} className="flex items-center gap-4 p-4 sm:px-5">
          <Skeleton className="size-10 rounded-full! max-sm:hidden" />
          <div className="grow">
            <Skeleton className="h-6 w-44" />
            <Skeleton className="mt-1 h-5 w-64 max-w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}
