'use client';

import { useSession, type Post } from '@kumiko/api-client';
import { isTextField, useOnline } from '@kumiko/browser';
import { Button, EmptyState, ErrorState, useSharedTexts, useTexts } from '@kumiko/ui';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { ArrowUp } from 'lucide-react';
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useBoard, useUnsentPosts } from '../board/context';
import { elementIdOf, focusPost } from '../board/focusPost';
import { hasArrived } from '../board/merge';
import type { UnsentPost } from '../board/Outbox';
import { nameOf, type Filter } from '../board/queries';
import { useCreatePost } from '../compose/useCreatePost';
import { messages } from '../messages';
import { PostCard } from '../post/PostCard';
import { LoadingPosts, PostSkeletons } from '../post/PostSkeleton';
import { useDeletePost } from '../post/useDeletePost';
import { placeOf, rememberPlace, type Place } from './scrollPlaces';
import { UnsentCard } from './UnsentCard';
import { usePostList } from './usePostList';

type Row = { key: string; unsent: UnsentPost } | { key: string; post: Post };

// The height of a post with one line. The others are measured.
const usualHeight = 104;

interface PostListProps {
  filter: Filter;
  label: string;
  empty: ReactNode;
  terms?: readonly string[];
}

/** A list of posts of any length. Only posts near the window are on the page. */
export function PostList(props: PostListProps) {
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
  return <Rows {...props} list={list} place={place} />;
}

function Rows({
  filter,
  label,
  empty,
  terms,
  list: { query, changes, shown, waiting, reveal },
  place,
}: PostListProps & { list: ReturnType<typeof usePostList>; place: Place | undefined }) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const { user } = useSession();
  const { outbox } = useBoard();
  const { hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const { resend } = useCreatePost();
  const remove = useDeletePost();
  const allUnsent = useUnsentPosts();
  const name = nameOf(filter);
  const ownId = name === nameOf({}) ? user?.id : undefined;

  // A post that is being edited stays on the page, however far away it is and whatever happens to the post.
  const [editing, setEditing] = useState<ReadonlyMap<number, Post>>(new Map());
  const posts = useMemo(() => {
    const kept = [...editing.values()].filter((post) => shown.every(({ id }) => id !== post.id));
    return kept.length === 0 ? shown : [...shown, ...kept].sort((a, b) => b.id - a.id);
  }, [shown, editing]);
  const rows = useMemo<Row[]>(
    () => [
      ...allUnsent.flatMap((post) => (post.userId === ownId && !hasArrived(post, posts) ? { key: post.key, unsent: post } : [])),
      ...posts.map((post) => ({ key: String(post.id), post })),
    ],
    [allUnsent, posts, ownId],
  );

  // The answer was lost, but the post arrived.
  useEffect(() => {
    for (const post of allUnsent) {
      if (post.state === 'failed' && hasArrived(post, posts)) {
        outbox.remove(post.key);
      }
    }
  }, [allUnsent, posts, outbox]);

  const latest = useRef(posts);
  useEffect(() => {
    latest.current = posts;
  });
  const keep = useCallback((id: number, isEditing: boolean) => {
    setEditing((before) => {
      const after = new Map(before);
      const post = latest.current.find((each) => each.id === id);
      if (isEditing && post !== undefined) {
        after.set(id, post);
      } else {
        after.delete(id);
      }
      return after;
    });
  }, []);

  const [list, setList] = useState<HTMLElement | null>(null);
  const [top, setTop] = useState(place?.top ?? 0);
  // Draw what is in the window first, and what is beyond it a moment later.
  const overscan = useDeferredValue(3, 0);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => usualHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan,
    useFlushSync: false,
    scrollMargin: top,
    scrollPaddingStart: 80,
    // Posts in view stay in place when something changes above them. At the top, new posts become visible.
    anchorTo: typeof window !== 'undefined' && window.scrollY > top ? 'end' : 'start',
    initialRect: { width: 680, height: 800 },
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      if (editing.size === 0) {
        return near;
      }
      const pinned = rows.flatMap((row, index) => ('post' in row && editing.has(row.post.id) ? index : []));
      return [...new Set([...near, ...pinned])].sort((a, b) => a - b);
    },
    ...(place !== undefined && { initialOffset: place.offset, initialMeasurementsCache: place.sizes }),
  });

  // The position of the list changes with the content above it.
  useLayoutEffect(() => {
    if (list === null) {
      return;
    }
    const measure = () => setTop(Math.round(list.getBoundingClientRect().top + window.scrollY));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [list]);

  useEffect(() => rememberPlace(name, virtual), [name, virtual]);

  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  useEffect(() => {
    // Not while earlier pages are being refetched: that would fetch the next page instead.
    if (lastShown >= rows.length - 5 && hasNextPage && !isFetching && !isFetchNextPageError) {
      void fetchNextPage();
    }
  }, [lastShown, rows.length, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);

  function showNews(): void {
    const first = waiting[0];
    // Use the list's own scrolling: the list corrects for row heights above its assumed position, which is the old one until the browser
    // reports the scroll.
    virtual.scrollToOffset(0);
    reveal();
    if (first !== undefined) {
      focusPost(first.id);
    }
  }

  function removeAt(post: Post): void {
    const index = posts.findIndex(({ id }) => id === post.id);
    const next = posts[index + 1] ?? posts[index - 1];
    remove(post);
    requestAnimationFrame(() =>
      next === undefined ? document.getElementById('content')?.focus({ preventScroll: true }) : focusPost(next.id),
    );
  }

  // The same function every time, so that rows render again only when necessary.
  const latestRemoveAt = useRef(removeAt);
  useEffect(() => {
    latestRemoveAt.current = removeAt;
  });
  const onDelete = useCallback((post: Post) => latestRemoveAt.current(post), []);

  // Page Down and Page Up move from post to post, as in every feed (ARIA Authoring Practices, "Feed").
  function press(event: KeyboardEvent<HTMLElement>): void {
    const article = event.target instanceof HTMLElement && !isTextField(event.target) ? event.target.closest('article') : null;
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (article === null || step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const index = Number(article.parentElement?.dataset.index) + step;
    const next = list?.querySelector<HTMLElement>(`[data-index="${index}"] > article`);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  const isWhole = !hasNextPage;
  return (
    <>
      <div aria-live="polite" className="pointer-events-none sticky top-20 z-10 flex h-0 justify-center">
        {waiting.length > 0 && (
          <button
            type="button"
            onClick={showNews}
            className="pointer-events-auto inline-flex h-11 -translate-y-1 animate-[kumiko-rise_150ms_ease-out] items-center gap-2 rounded-full border border-transparent bg-accent px-5 text-sm font-medium text-on-accent shadow-float hover:bg-accent-strong"
          >
            <ArrowUp aria-hidden="true" className="size-4" />
            {texts.news(waiting.length)}
          </button>
        )}
      </div>
      {rows.length === 0 && isWhole && empty}
      <div className={clsx(rows.length > 0 && 'rounded-lg border border-line bg-surface shadow-card')}>
        {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- A feed has keys of its own. */}
        <div
          ref={setList}
          // A feed must not be empty.
          {...(rows.length > 0 && { role: 'feed', 'aria-label': label, 'aria-busy': isFetchingNextPage })}
          onKeyDown={press}
          className="relative"
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row !== undefined && (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className={clsx('absolute inset-x-0 top-0', item.index > 0 && 'border-t border-line')}
                  style={{ transform: `translateY(${item.start - virtual.options.scrollMargin}px)` }}
                >
                  {'unsent' in row ? (
                    <article
                      aria-label={texts.postBy(user?.username ?? '')}
                      aria-posinset={item.index + 1}
                      aria-setsize={isWhole ? rows.length : -1}
                    >
                      <UnsentCard post={row.unsent} name={user?.username ?? ''} onResend={resend} />
                    </article>
                  ) : (
                    <article
                      id={elementIdOf(row.post.id)}
                      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- The posts of a feed take the focus.
                      tabIndex={0}
                      aria-label={texts.postBy(row.post.username ?? texts.nobody)}
                      aria-posinset={item.index + 1}
                      aria-setsize={isWhole ? rows.length : -1}
                      className="scroll-my-24 rounded-lg focus-visible:-outline-offset-2"
                    >
                      <PostCard
                        post={row.post}
                        terms={terms}
                        isSaving={changes.saving.has(row.post.id)}
                        onEditing={keep}
                        onDelete={onDelete}
                      />
                    </article>
                  )}
                </div>
              )
            );
          })}
        </div>
        {isFetchNextPageError ? (
          <div role="alert" className="flex flex-wrap items-center justify-center gap-4 border-t border-line p-4 text-sm">
            {texts.moreFailed}
            <Button onClick={() => void fetchNextPage()}>{shared.retry}</Button>
          </div>
        ) : (
          hasNextPage && (
            <div className="border-t border-line">
              <p role="status" className="sr-only">
                {isFetchingNextPage && texts.loadingMore}
              </p>
              <PostSkeletons count={2} />
            </div>
          )
        )}
      </div>
      {isWhole && rows.length > 5 && <p className="py-8 text-center text-sm text-muted">{texts.end}</p>}
    </>
  );
}
