'use client';

import { ProblemError, useApi, type Post } from '@kumiko/api-client';
import { describeProblem, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import { useMutation } from '@tanstack/react-query';
import { messages } from '../messages';
import { useBoard } from './context';

const undoMs = 6_000;

/** Deletes a post: it goes at once, and for good when there is no undo any more. */
export function useDeletePost(): (post: Post) => void {
  const { posts } = useApi();
  const { ledger, deletions } = useBoard();
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const toast = useToast();
  const { mutate } = useMutation({
    // Whatever the version: who deletes a post means the post, not its text.
    mutationFn: (id: number) => posts.deletePost(id, '*'),
    networkMode: 'always',
    retry: (failures, error) => failures < 1 && error instanceof ProblemError && error.isPassing && error.status !== 0,
    onSuccess: (_nothing, id) => ledger.forget(id),
    onError: (error, id) => {
      if (error instanceof ProblemError && error.status === 404) {
        ledger.forget(id);
        return;
      }
      ledger.hide(id, false);
      toast({ message: `${texts.deleteFailed} ${describeProblem(error, shared)}`, action: { label: shared.retry, onSelect: () => ask(id) } });
    },
  });

  function ask(id: number): void {
    ledger.hide(id, true);
    deletions.add(
      id,
      () => mutate(id),
      () => {
        ledger.hide(id, false);
        focusPost(id);
      },
    );
    toast({
      message: texts.deleted,
      action: { label: texts.undo, onSelect: () => deletions.undo(id) },
      duration: undoMs,
      onClose: () => deletions.send(id),
    });
  }

  return (post) => ask(post.id);
}

// Once it is back on the page.
function focusPost(id: number): void {
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`post-${id}`)?.focus()));
}
