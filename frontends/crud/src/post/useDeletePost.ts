'use client';

import { ProblemError, retryAnswered, useApi, type Post } from '@kumiko/api-client';
import { describeProblem, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import { useMutation } from '@tanstack/react-query';
import { useBoard } from '../board/context';
import { focusPost } from '../board/focusPost';
import type { Deletion } from '../board/Deletions';
import { messages } from '../messages';

const undoMs = 6_000;

/** Deletes a post: it disappears at once, and is deleted for good when undoing is no longer possible. */
export function useDeletePost(): (post: Post) => void {
  const { posts, session } = useApi();
  const { ledger, deletions } = useBoard();
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const toast = useToast();
  const { mutateAsync } = useMutation({
    // Any version: a person who deletes a post means the post, not its text.
    mutationFn: (id: number) => posts.deletePost(id, '*'),
    networkMode: 'always',
    retry: retryAnswered,
    onSuccess: (_nothing, id) => ledger.forget(id),
    onError: (error, id) => {
      if (error instanceof ProblemError && error.status === 404) {
        ledger.forget(id);
        return;
      }
      ledger.hide(id, false);
      toast({
        message: `${texts.deleteFailed} ${describeProblem(error, shared)}`,
        action: { label: shared.retry, onSelect: () => ask(id) },
      });
    },
  });

  function ask(id: number): void {
    ledger.hide(id, true);
    // A request that is sent when the page unloads can't wait for a token.
    void session.prepare();
    const deletion: Deletion = {
      // Errors are reported above.
      send: () => {
        closeToast();
        return mutateAsync(id).catch(() => {});
      },
      undo: () => {
        ledger.hide(id, false);
        closeToast();
        focusPost(id, { isScrolling: true });
      },
    };
    deletions.add(deletion);
    const closeToast = toast({
      message: texts.deleted,
      action: { label: texts.undo, onSelect: () => deletions.undo(deletion) },
      duration: undoMs,
      onClose: () => void deletions.send(deletion),
    });
  }

  return (post) => ask(post.id);
}
