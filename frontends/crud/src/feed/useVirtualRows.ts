'use client';

import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useEffect, useLayoutEffect, useState } from 'react';
import { rememberPlace, type Place } from './scrollPlaces';
import type { Row } from './useRows';

// The height of a post with one line. The others are measured.
const usualHeight = 104;

/**
 * Which rows are on the page: those near the window, and the pinned ones. Give `setList` the element around the rows.
 *
 * @param name The list's name, under which its position is kept.
 * @param place The position at which the list was left.
 */
export function useVirtualRows(rows: readonly Row[], pinned: ReadonlyMap<number, unknown>, name: string, place: Place | undefined) {
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
      if (pinned.size === 0) {
        return near;
      }
      const kept = rows.flatMap((row, index) => ('post' in row && pinned.has(row.post.id) ? index : []));
      return [...new Set([...near, ...kept])].sort((a, b) => a - b);
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

  return { virtual, setList };
}
