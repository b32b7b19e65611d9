'use client';

import { followPosts } from '@kumiko/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useBoard } from './context';
import { postsKey } from './queries';

// A browser has six connections to a server that speaks HTTP/1.1, for all its tabs together: one that is out of sight gives its own back.
const hiddenMs = 60_000;

// The first view comes first.
const firstMs = 1_000;

// Enough for hours on a lively board. Then the lists are read anew instead.
const mostKnown = 2_000;

/** Lays what happens to posts over all lists, while the page is open. */
export function LiveUpdates(): null {
  const { ledger } = useBoard();
  const queries = useQueryClient();

  useEffect(() => {
    let stop: (() => void) | null = null;
    let isConnected = false;
    let hasBegun = false;

    function readAnew(): void {
      ledger.clear();
      void queries.invalidateQueries({ queryKey: postsKey });
    }

    // A list that is on its way may be from before the stream began: it is read again once it is there.
    async function catchUp(): Promise<void> {
      await queries.refetchQueries({ queryKey: postsKey, predicate: ({ state }) => state.fetchStatus === 'fetching' }, { cancelRefetch: false });
      await queries.invalidateQueries({ queryKey: postsKey });
    }

    function start(): void {
      let isFirst = true;
      stop ??= followPosts({
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
        connected: (is) => {
          isConnected = is;
          if (is && isFirst) {
            isFirst = false;
            // Of what happened since the stream before this one, nothing was told.
            if (hasBegun) {
              readAnew();
            } else {
              void catchUp();
            }
            hasBegun = true;
          }
        },
      });
    }

    function end(): void {
      stop?.();
      stop = null;
      isConnected = false;
    }

    function look(): void {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        start();
      } else {
        timer = setTimeout(end, hiddenMs);
      }
    }

    // Rather than wait until it is tried again.
    function comeBack(): void {
      if (!isConnected && document.visibilityState === 'visible') {
        end();
        start();
      }
    }

    let timer = setTimeout(look, firstMs);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('online', comeBack);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('online', comeBack);
      end();
    };
  }, [ledger, queries]);

  return null;
}
