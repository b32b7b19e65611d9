'use client';

import { useOnline } from '@kumiko/browser';
import { EmptyState, ErrorState, useTexts } from '@kumiko/ui';
import { useState, type ReactNode } from 'react';
import { nameOf, type Filter } from '../board/queries';
import { messages } from '../messages';
import { LoadingPosts } from '../post/PostSkeleton';
import { FeedList } from './FeedList';
import { placeOf } from './scrollPlaces';
import { usePostList } from './usePostList';

/** A list of posts of any length, or why it is not there. */
export function PostList(props: { filter: Filter; label: string; empty: ReactNode; terms?: readonly string[] }) {
  const texts = useTexts(messages);
  const list = usePostList(props.filter);
  const [place] = useState(() => placeOf(nameOf(props.filter)));
  const { query, isReading } = list;
  // During hydration, the page shows what was built, with or without a network.
  const isOnline = useOnline();

  if (query.isPending && query.fetchStatus === 'paused' && !isOnline) {
    return <EmptyState title={texts.offlineTitle}>{texts.offline}</EmptyState>;
  }
  if (query.isPending || isReading) {
    return <LoadingPosts />;
  }
  if (query.isError && query.data === undefined) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <FeedList {...props} list={list} place={place} />;
}
