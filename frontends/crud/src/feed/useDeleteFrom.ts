'use client';

import type { Post } from '@kumiko/api-client';
import { useCallback, useEffect, useRef } from 'react';
import { focusPost } from '../board/focusPost';
import { useDeletePost } from '../post/useDeletePost';

/** Deletes a post of a list and focuses its neighbour. The same function every time, so that rows render again only when necessary. */
export function useDeleteFrom(posts: readonly Post[]): (post: Post) => void {
  const remove = useDeletePost();

  function removeAt(post: Post): void {
    const index = posts.findIndex(({ id }) => id === post.id);
    const next = posts[index + 1] ?? posts[index - 1];
    remove(post);
    if (next !== undefined) {
      focusPost(next.id);
    } else {
      requestAnimationFrame(() => document.getElementById('content')?.focus({ preventScroll: true }));
    }
  }

  const latest = useRef(removeAt);
  useEffect(() => {
    latest.current = removeAt;
  });
  return useCallback((post) => latest.current(post), []);
}
