'use client';

import type { Post } from '@kumiko/api-client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

/**
 * A list with the posts that stay on the page, however far away they are and whatever happens to them, because they are being edited.
 * `pin` adds and removes them.
 */
export function usePinned(shown: readonly Post[]) {
  const [pinned, setPinned] = useState<ReadonlyMap<number, Post>>(new Map());
  const posts = useMemo(() => {
    const kept = [...pinned.values()].filter((post) => shown.every(({ id }) => id !== post.id));
    return kept.length === 0 ? shown : [...shown, ...kept].sort((a, b) => b.id - a.id);
  }, [shown, pinned]);

  const latest = useRef(posts);
  useEffect(() => {
    latest.current = posts;
  });
  const pin = useCallback((id: number, isPinned: boolean) => {
    setPinned((before) => {
      const after = new Map(before);
      const post = latest.current.find((each) => each.id === id);
      if (isPinned && post !== undefined) {
        after.set(id, post);
      } else {
        after.delete(id);
      }
      return after;
    });
  }, []);
  return { posts, pinned, pin };
}
