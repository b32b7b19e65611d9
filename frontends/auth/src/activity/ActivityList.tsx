'use client';

import { useApi } from '@kumiko/api-client';
import { Button, ErrorState, RelativeTime, Skeleton, useSharedTexts, useTexts } from '@kumiko/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { describeAction, describeDetails } from './describe';
import { activityMessages } from './messages';

/** What happened to a person's own account. */
export function ActivityList({ userId }: { userId: number }) {
  const texts = useTexts(activityMessages);
  const shared = useSharedTexts();
  const { account } = useApi();
  const query = useInfiniteQuery({
    queryKey: ['activity', userId],
    queryFn: ({ pageParam, signal }) => account.listActivity(10, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
  });

  if (query.data === undefined) {
    return query.isError ? (
      <ErrorState inSection error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <div role="status" aria-label={shared.loading} className="flex flex-col gap-3">
        {[1, 2, 3].map((row) => (
          <Skeleton key={row} className="h-12 w-full" />
        ))}
      </div>
    );
  }
  const entries = query.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) {
    return <p className="text-sm text-muted">{texts.noActivity}</p>;
  }
  return (
    <>
      <ul className="divide-y divide-line">
        {entries.map((entry) => {
          // Its owner knows a passkey by its name, not by its number.
          const details = entry.details?.startsWith('passkey:') === true ? null : describeDetails(entry.details, texts);
          const isRefused = entry.outcome === 'refused';
          return (
            <li key={entry.id} className="flex items-baseline justify-between gap-4 py-3 first:pt-0">
              <div className="min-w-0">
                <p className={isRefused ? 'flex items-center gap-1.5 text-sm font-medium text-danger' : 'text-sm font-medium'}>
                  {isRefused && <CircleAlert aria-hidden="true" className="size-4 shrink-0" />}
                  {describeAction(entry, texts)}
                </p>
                <p className="flex flex-wrap gap-x-3 text-xs text-muted">
                  {details !== null && <span>{details}</span>}
                  {entry.by === 'staff' && <span>{texts.byStaff}</span>}
                  {entry.by !== 'staff' && entry.client !== null && <span>{texts.network(entry.client)}</span>}
                </p>
              </div>
              <RelativeTime value={entry.at} className="shrink-0 text-xs text-muted" />
            </li>
          );
        })}
      </ul>
      {query.isFetchNextPageError && <ErrorState inSection error={query.error} onRetry={() => void query.fetchNextPage()} />}
      {query.hasNextPage && (
        <Button className="mt-3" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {texts.more}
        </Button>
      )}
    </>
  );
}
