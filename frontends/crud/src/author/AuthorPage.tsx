'use client';

import { ProblemError, useApi, useSession } from '@kumiko/api-client';
import { Avatar, EmptyState, ErrorState, formatDate, Skeleton, useLanguage, usePageTitle, useTexts } from '@kumiko/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useChanges } from '../board/context';
import { useIdParam } from '../board/useIdParam';
import { PostList } from '../feed/PostList';
import { messages } from '../messages';

/** An author and their posts. */
export function AuthorPage() {
  const id = useIdParam();
  return id === null ? <Nobody /> : <Author key={id} id={id} />;
}

function Author({ id }: { id: number }) {
  const texts = useTexts(messages);
  const language = useLanguage();
  const { users } = useApi();
  const { user } = useSession();
  const newName = useChanges().names.get(id);
  const query = useQuery({ queryKey: ['author', id], queryFn: ({ signal }) => users.getUser(id, undefined, signal), staleTime: 60_000 });
  const filter = useMemo(() => ({ userId: id }), [id]);
  const name = newName ?? query.data?.username ?? null;
  const isNobody = query.error instanceof ProblemError && query.error.status === 404;
  usePageTitle(isNobody ? texts.noAuthorTitle : (name ?? texts.author));

  if (isNobody) {
    return <Nobody />;
  }
  if (query.isError && query.data === undefined) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isPending && query.fetchStatus === 'paused' && name === null) {
    return (
      <>
        <h1 className="sr-only">{texts.author}</h1>
        <EmptyState title={texts.offlineTitle}>{texts.offline}</EmptyState>
      </>
    );
  }
  return (
    <>
      <header className="mb-6 flex items-center gap-4 sm:gap-5">
        {name === null ? <Skeleton className="size-18 rounded-full!" /> : <Avatar id={id} name={name} className="size-18 text-xl!" />}
        <div className="min-w-0">
          <h1 className="min-h-8.5 text-xl font-semibold">
            {name ?? (
              <>
                <span className="sr-only">{texts.author}</span>
                <Skeleton className="mt-1 h-6 w-40" />
              </>
            )}
          </h1>
          <p className="min-h-6 text-sm text-muted">
            {query.data === undefined
              ? query.fetchStatus !== 'paused' && <Skeleton className="mt-2 h-4 w-28" />
              : texts.joined(formatDate(new Date(query.data.created_at), 'long', language))}
          </p>
        </div>
      </header>
      <PostList
        filter={filter}
        label={texts.postsOf(name ?? texts.author)}
        empty={
          <EmptyState title={texts.emptyAuthorTitle}>
            {user?.id === id ? texts.emptyOwn : texts.emptyAuthor(name ?? texts.author)}
          </EmptyState>
        }
      />
    </>
  );
}

function Nobody() {
  const texts = useTexts(messages);
  usePageTitle(texts.noAuthorTitle);
  return (
    <>
      <h1 className="sr-only">{texts.author}</h1>
      <EmptyState title={texts.noAuthorTitle}>{texts.noAuthor}</EmptyState>
    </>
  );
}
