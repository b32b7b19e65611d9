'use client';

import { followPosts } from '@kumiko/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useBoard } from './context';
import { postsKey } from './queries';

// Don't delay the first view.
const firstMs = 1_000;

// Enough for hours on a busy board. After that, the lists are refetched.
const mostKnown = 2_000;

/** Applies changes of posts to all lists while the page is open. */
export function LiveUpdates(): null {
  const { ledger } = useBoard();
  const queries = useQueryClient();

  useEffect(() => {
    let isFirst = true;

    function readAnew(): void {
      ledger.clear();
      void queries.invalidateQueries({ queryKey: postsKey });
    }

    // A list that is loading may be from before the stream began, so it is refetched once it has loaded.
    async function catchUp(): Promise<void> {
      await queries.refetchQueries(
        { queryKey: postsKey, predicate: ({ state }) => state.fetchStatus === 'fetching' },
        { cancelRefetch: false },
      );
      await queries.invalidateQueries({ queryKey: postsKey });
    }

    let stop: (() => void) | undefined;
    const timer = setTimeout(() => {
      stop = followPosts({
        created: (post) => {
          ledger.learn(post);
          if (ledger.get().known.size > mostKnown) {
            readAnew();
          }
        },
        updated: (post) => ledger.learn(post),
        deleted: (id) => ledger.forget(id),
        renamed: (author) => ledger.learnNames([author]),
        reset: readAnew,
        connected: (isConnected) => {
          // After later breaks, the stream resumes where it stopped.
          if (isConnected && isFirst) {
            isFirst = false;
            void catchUp();
          }
        },
      });
    }, firstMs);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [ledger, queries]);

  return null;
}
