'use client';

import { useTexts } from '@kumiko/ui';
import clsx from 'clsx';
import { useEffect, type ReactNode } from 'react';
import { focusPost } from '../board/focusPost';
import { nameOf, type Filter } from '../board/queries';
import { messages } from '../messages';
import { FeedRow } from './FeedRow';
import { ListEnd } from './ListEnd';
import { moveBetweenPosts } from './moveBetweenPosts';
import { NewsPill } from './NewsPill';
import type { Place } from './scrollPlaces';
import { useDeleteFrom } from './useDeleteFrom';
import { usePinned } from './usePinned';
import type { usePostList } from './usePostList';
import { useRows } from './useRows';
import { useVirtualRows } from './useVirtualRows';

const unfilteredName = nameOf({});

/** The posts of a list that has been read. Only posts near the window are on the page. */
export function FeedList({
  filter,
  label,
  empty,
  terms,
  list: { query, changes, shown, waiting, reveal },
  place,
}: {
  filter: Filter;
  label: string;
  empty: ReactNode;
  terms?: readonly string[];
  list: ReturnType<typeof usePostList>;
  place: Place | undefined;
}) {
  const texts = useTexts(messages);
  const name = nameOf(filter);
  const { posts, pinned, pin } = usePinned(shown);
  const rows = useRows(posts, name === unfilteredName);
  const { virtual, setList } = useVirtualRows(rows, pinned, name, place);
  const remove = useDeleteFrom(posts);

  const { hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
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

  const isWhole = !hasNextPage;
  return (
    <>
      <NewsPill count={waiting.length} onShow={showNews} />
      {rows.length === 0 && isWhole && empty}
      <div className={clsx(rows.length > 0 && 'card')}>
        {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- A feed has keys of its own. */}
        <div
          ref={setList}
          // A feed must not be empty.
          {...(rows.length > 0 && { role: 'feed', 'aria-label': label, 'aria-busy': isFetchingNextPage })}
          onKeyDown={moveBetweenPosts}
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
                  <FeedRow
                    row={row}
                    position={item.index + 1}
                    size={isWhole ? rows.length : -1}
                    terms={terms}
                    isSaving={'post' in row && changes.saving.has(row.post.id)}
                    onEditing={pin}
                    onDelete={remove}
                  />
                </div>
              )
            );
          })}
        </div>
        <ListEnd query={query} />
      </div>
      {isWhole && rows.length > 5 && <p className="py-8 text-center text-sm text-muted">{texts.end}</p>}
    </>
  );
}
