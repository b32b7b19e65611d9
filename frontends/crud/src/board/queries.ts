import type { Api, Post } from '@kumiko/api-client';
import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { Board } from './context';

/** Which posts a list contains: an author's, the hits of a search, or all. */
export interface Filter {
  userId?: number;
  search?: string;
}

/** A list's unique name. */
export function nameOf(filter: Filter): string {
  return JSON.stringify([filter.userId ?? null, filter.search ?? null]);
}

/** The beginning of the key of every query for posts. */
export const postsKey = ['posts'] as const;

const pageSize = 20;

/** A list, page by page. The stream keeps it up to date, except for a search, whose hits only the server knows. */
export function listOf({ posts }: Api, { ledger, shownUpTo }: Board, filter: Filter) {
  const name = nameOf(filter);
  return infiniteQueryOptions({
    queryKey: [...postsKey, 'list', filter],
    queryFn: async ({ pageParam, signal }) => {
      const page = await posts.listPosts(pageSize, pageParam, filter.userId, filter.search, signal);
      ledger.learnNames(page.items);
      if (!shownUpTo.has(name)) {
        shownUpTo.set(name, page.items[0]?.id ?? 0);
      }
      return page;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: filter.search === undefined ? Infinity : 15_000,
    // A server that renders doesn't need a timer, which would keep a request's data for half an hour.
    gcTime: typeof window === 'undefined' ? Infinity : 30 * 60_000,
  });
}

/** One post. */
export function postOf({ posts }: Api, { ledger }: Board, id: number) {
  return queryOptions({
    queryKey: [...postsKey, 'post', id],
    queryFn: async ({ signal }) => {
      const { result } = await posts.getPost(id, undefined, signal);
      ledger.learnNames([result]);
      return result;
    },
    staleTime: Infinity,
  });
}

/** A post that a list or the stream has shown, and that the stream has kept up to date since. */
export function seenPost(queries: QueryClient, { ledger }: Board, id: number): Post | undefined {
  const received = ledger.get().known.get(id);
  if (received) {
    return received;
  }
  for (const [, list] of queries.getQueriesData<InfiniteData<{ items: Post[] }>>({ queryKey: [...postsKey, 'list'] })) {
    for (const page of list?.pages ?? []) {
      const post = page.items.find((each) => each.id === id);
      if (post !== undefined) {
        return post;
      }
    }
  }
  return undefined;
}
