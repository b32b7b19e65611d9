'use client';

import { ProblemError, useApi, type Post } from '@kumiko/api-client';
import { EmptyState, ErrorState, usePageTitle, useTexts } from '@kumiko/ui';
import { PageLink } from '@kumiko/ui/next/link';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useBoard, useChanges } from '../board/context';
import { elementIdOf } from '../board/focusPost';
import { current } from '../board/merge';
import { postOf, seenPost } from '../board/queries';
import { useIdParam } from '../board/useIdParam';
import { messages } from '../messages';
import { PostCard } from './PostCard';
import { LoadingPosts } from './PostSkeleton';
import { useDeletePost } from './useDeletePost';

/** One post, at its own address. */
export function PostPage() {
  const texts = useTexts(messages);
  const id = useIdParam();
  return (
    <>
      <PageLink href="/" className="-ms-2 mb-2 inline-flex min-h-11 items-center gap-2 rounded-md px-2 text-sm text-muted hover:text-ink">
        <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        {texts.toBoard}
      </PageLink>
      <h1 className="sr-only">{texts.permalink}</h1>
      {id === null ? <Gone /> : <OnePost key={id} id={id} />}
    </>
  );
}

function OnePost({ id }: { id: number }) {
  const texts = useTexts(messages);
  const router = useRouter();
  const changes = useChanges();
  const remove = useDeletePost();
  const [isEditing, setEditing] = useState(false);
  const board = useBoard();
  const queries = useQueryClient();
  // For people who come from a list, the post is already known.
  const query = useQuery({ ...postOf(useApi(), board, id), initialData: () => seenPost(queries, board, id) });
  const post = query.data === undefined ? null : (current(query.data, changes) ?? (isEditing ? query.data : null));
  const isGone = post === null && (query.data !== undefined || (query.error instanceof ProblemError && query.error.status === 404));
  usePageTitle(post !== null ? titleOf(post) : isGone ? texts.goneTitle : texts.permalink);

  if (query.isPending && query.fetchStatus === 'paused') {
    return <EmptyState title={texts.offlineTitle}>{texts.offline}</EmptyState>;
  }
  if (query.isPending) {
    return <LoadingPosts count={1} />;
  }
  if (query.error instanceof ProblemError && query.error.status === 404 && !isEditing) {
    return <Gone />;
  }
  if (query.data === undefined) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (post === null) {
    return <Gone />;
  }
  return (
    <article id={elementIdOf(id)} tabIndex={-1} aria-label={texts.postBy(post.username ?? texts.nobody)} className="card">
      <PostCard
        post={post}
        isAlone
        isSaving={changes.saving.has(id)}
        onEditing={(_, isNow) => setEditing(isNow)}
        onDelete={(deleted) => {
          remove(deleted);
          router.push('/');
        }}
      />
    </article>
  );
}

function Gone() {
  const texts = useTexts(messages);
  usePageTitle(texts.goneTitle);
  return <EmptyState title={texts.goneTitle}>{texts.gone}</EmptyState>;
}

function titleOf(post: Post): string {
  const line = post.content.split('\n', 1)[0] ?? '';
  const start = Array.from(line).slice(0, 50).join('');
  return start === line ? start : `${start}…`;
}
