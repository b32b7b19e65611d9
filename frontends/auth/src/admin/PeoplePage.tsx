'use client';

import { useApi } from '@kumiko/api-client';
import { Avatar, Button, EmptyState, ErrorState, Skeleton, TextField, useSharedTexts, useTexts } from '@kumiko/ui';
import { PageLink } from '@kumiko/ui/next/link';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Page } from '../account/Page';
import { activityMessages } from '../activity/messages';
import { AdminError } from './AdminError';
import { asksForMore } from './asksForMore';
import { AdminsOnly } from './AdminsOnly';
import { Badges } from './Badges';
import { adminMessages } from './messages';
import { SelectField } from './SelectField';

type Role = '' | 'member' | 'moderator' | 'admin';
type State = '' | 'enabled' | 'disabled';

/** Finds accounts. */
export function PeoplePage() {
  const texts = useTexts(adminMessages);
  return (
    <Page title={texts.people} lead={texts.peopleLead}>
      <AdminsOnly>
        <People />
      </AdminsOnly>
    </Page>
  );
}

function People() {
  const texts = useTexts(adminMessages);
  const shared = useSharedTexts();
  const { roles } = useTexts(activityMessages);
  const { administration } = useApi();
  const [typed, setTyped] = useState('');
  const [role, setRole] = useState<Role>('');
  const [state, setState] = useState<State>('');
  const q = useDeferredValue(typed.trim());

  const query = useInfiniteQuery({
    queryKey: ['people', q, role, state],
    queryFn: ({ pageParam, signal }) =>
      administration.listUsers(
        q === '' ? undefined : q,
        role === '' ? undefined : role,
        state === '' ? undefined : state === 'disabled',
        20,
        pageParam,
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
  const people = query.data?.pages.flatMap((page) => page.items) ?? [];

  // There is nothing to search through until the person has done something about it.
  if (asksForMore(query.error)) {
    return <AdminError error={query.error} onRetry={() => query.refetch({ throwOnError: true })} />;
  }

  return (
    <>
      <search className="grid gap-4 md:grid-cols-[minmax(0,1fr)_12rem_12rem]">
        <TextField
          label={texts.search}
          hint={texts.searchHint}
          type="search"
          name="q"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SelectField
          label={texts.role}
          value={role}
          onChange={setRole}
          choices={[
            { value: '', label: texts.anyRole },
            ...(['member', 'moderator', 'admin'] as const).map((value) => ({ value, label: roles[value] ?? value })),
          ]}
        />
        <SelectField
          label={texts.state}
          value={state}
          onChange={setState}
          choices={[
            { value: '', label: texts.anyState },
            { value: 'enabled', label: texts.enabled },
            { value: 'disabled', label: texts.disabled },
          ]}
        />
      </search>
      <p role="status" className="-mb-4 min-h-5 text-xs text-muted">
        {query.data !== undefined && people.length > 0 && texts.found(people.length, query.hasNextPage)}
      </p>
      {query.data === undefined ? (
        query.isError ? (
          <AdminError error={query.error} onRetry={() => query.refetch({ throwOnError: true })} />
        ) : (
          <div role="status" aria-label={shared.loading} className="flex flex-col gap-3">
            {[1, 2, 3].map((row) => (
              <Skeleton key={row} className="h-16 w-full" />
            ))}
          </div>
        )
      ) : people.length === 0 ? (
        <EmptyState title={texts.nobodyTitle}>{texts.nobody}</EmptyState>
      ) : (
        <ul aria-label={texts.people} className="divide-y divide-line rounded-lg border border-line bg-surface">
          {people.map((user) => (
            <li key={user.id} className="relative flex items-center gap-4 p-4 transition-colors hover:bg-raised sm:px-5">
              <Avatar id={user.id} name={user.username} />
              <div className="min-w-0 grow">
                <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                  <PageLink
                    href={`/admin/person?id=${user.id}`}
                    prefetch={false}
                    className="font-medium after:absolute after:inset-0 hover:underline"
                  >
                    {user.username}
                  </PageLink>
                  <Badges user={user} />
                </p>
                <p className="text-xs break-words text-muted">{user.email}</p>
              </div>
              <span className="hidden font-mono text-xs text-muted sm:block">#{user.id}</span>
            </li>
          ))}
        </ul>
      )}
      {query.isFetchNextPageError && <ErrorState error={query.error} onRetry={() => void query.fetchNextPage()} />}
      {query.hasNextPage && (
        <div>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      )}
    </>
  );
}
