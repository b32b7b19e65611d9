'use client';

import { Button, useSharedTexts, useTexts } from '@kumiko/ui';
import { messages } from '../messages';
import { PostSkeletons } from '../post/PostSkeleton';
import type { PostListQuery } from './usePostList';

/** The end of the pages that were read: the next one is loading, or could not be loaded. */
export function ListEnd({ query: { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } }: { query: PostListQuery }) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  if (isFetchNextPageError) {
    return (
      <div role="alert" className="flex flex-wrap items-center justify-center gap-4 border-t border-line p-4 text-sm">
        {texts.moreFailed}
        <Button onClick={() => void fetchNextPage()}>{shared.retry}</Button>
      </div>
    );
  }
  return (
    hasNextPage && (
      <div className="border-t border-line">
        <p role="status" className="sr-only">
          {isFetchingNextPage && texts.loadingMore}
        </p>
        <PostSkeletons count={2} />
      </div>
    )
  );
}
