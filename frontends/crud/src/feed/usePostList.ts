'use client';

import { useApi, useSession, type Post } from '@kumiko/api-client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useReducer } from 'react';
import { useBoard, useChanges } from '../board/context';
import { merge, part } from '../board/merge';
import { listOf, nameOf, type Filter } from '../board/queries';

/** A list that is read, page by page. */
export type PostListQuery = ReturnType<typeof usePostList>['query'];

/** The current state of a list: what is shown, and what is new and waits for {@link reveal}. */
export function usePostList(filter: Filter) {
  const board = useBoard();
  const changes = useChanges();
  const { user } = useSession();
  const query = useInfiniteQuery(listOf(useApi(), board, filter));
  const [, show] = useReducer((times: number) => times + 1, 0);

  const { userId, search } = filter;
  // Render a page's posts with low priority, so that the person's actions don't wait.
  const data = useDeferredValue(query.data);
  const pages = data?.pages;
  const posts = useMemo(
    () => merge(pages ?? [], changes, (post: Post) => search === undefined && (userId === undefined || userId === post.user_id)),
    [pages, changes, userId, search],
  );

  const name = nameOf(filter);
  const newest = posts[0]?.id ?? 0;
  const upTo = board.shownUpTo.get(name) ?? 0;
  const ownId = user?.id ?? null;
  const parts = useMemo(() => {
    const both = part(posts, upTo, ownId);
    // Show the first post of an empty list without being asked.
    return both.shown.length === 0 ? part(posts, Infinity, ownId) : both;
  }, [posts, upTo, ownId]);

  const isFirst = upTo === 0 && parts.waiting.length === 0 && newest > 0;
  useEffect(() => {
    if (isFirst) {
      board.shownUpTo.set(name, newest);
    }
  }, [isFirst, board, name, newest]);

  return {
    query,
    isReading: query.data !== undefined && data === undefined,
    changes,
    ...parts,
    reveal: () => {
      board.shownUpTo.set(name, newest);
      show();
    },
  };
}
