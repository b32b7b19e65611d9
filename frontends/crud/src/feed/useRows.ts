'use client';

import { useSession, type Post } from '@kumiko/api-client';
import { useEffect, useMemo } from 'react';
import { useBoard, useUnsentPosts } from '../board/context';
import { hasArrived } from '../board/merge';
import type { UnsentPost } from '../board/Outbox';

/** A row of a list: a post, or one of the person's own that the server doesn't have yet. */
export type Row = { key: string; unsent: UnsentPost } | { key: string; post: Post };

/** The rows of a list. `withUnsent` says whether unsent posts belong to it. */
export function useRows(posts: readonly Post[], withUnsent: boolean): readonly Row[] {
  const { user } = useSession();
  const { outbox } = useBoard();
  const unsent = useUnsentPosts();
  const ownId = withUnsent ? user?.id : undefined;

  // The answer was lost, but the post arrived.
  useEffect(() => {
    for (const post of unsent) {
      if (post.state === 'failed' && hasArrived(post, posts)) {
        outbox.remove(post.key);
      }
    }
  }, [unsent, posts, outbox]);

  return useMemo(
    () => [
      ...unsent.flatMap((post) => (post.userId === ownId && !hasArrived(post, posts) ? { key: post.key, unsent: post } : [])),
      ...posts.map((post) => ({ key: String(post.id), post })),
    ],
    [unsent, posts, ownId],
  );
}
