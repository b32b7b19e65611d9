'use client';

import { ProblemError, retryPassing, useApi } from '@kumiko/api-client';
import { useMutation } from '@tanstack/react-query';
import { useBoard } from '../board/context';
import type { UnsentPost } from '../board/Outbox';

/** Sends posts, one after the other. They show at once; without a network, they wait for it. */
export function useCreatePost(): { create: (userId: number, content: string) => void; resend: (post: UnsentPost) => void } {
  const { posts, session } = useApi();
  const { ledger, outbox } = useBoard();
  const { mutate } = useMutation({
    mutationKey: ['posts', 'create'],
    // In the order in which they were written.
    scope: { id: 'posts.create' },
    mutationFn: (post: UnsentPost) => {
      // Another person may have signed in while it waited for the network.
      if (session.getState().user?.id !== post.userId) {
        throw new ProblemError(401, {});
      }
      return posts.createPost({ content: post.content }, post.key);
    },
    retry: retryPassing,
    onSuccess: (created, post) => {
      outbox.remove(post.key);
      ledger.learn(created);
    },
    onError: (error, post) => outbox.fail(post.key, error instanceof ProblemError ? error : null),
  });
  return {
    create: (userId, content) => mutate(outbox.add(userId, content)),
    resend: (post) => {
      outbox.resend(post.key);
      mutate(post);
    },
  };
}
