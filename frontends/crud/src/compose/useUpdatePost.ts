'use client';

import { ProblemError, retryAnswered, useApi, type Post } from '@kumiko/api-client';
import { useTexts, useToast } from '@kumiko/ui';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useBoard } from '../board/context';
import { messages } from '../messages';

/** A post as it was read for a change, and the tag of that version. */
export interface Version {
  post: Post;
  tag: string;
}

/** A new text, and the version that it replaces. */
export interface Edit {
  content: string;
  over: Version;
}

/** The post has been changed since it was read. Contains the version that was read again. */
export class Conflict extends Error {
  override readonly name = 'Conflict';

  constructor(
    readonly mine: string,
    readonly theirs: Version,
  ) {
    super('The post was changed meanwhile.');
  }
}

/** Reads a post in order to change it. */
export function useReadVersion(): (id: number) => Promise<Version> {
  const { posts } = useApi();
  return async (id) => {
    const { result, headers } = await posts.getPost(id);
    return { post: result, tag: headers.etag as string };
  };
}

/**
 * Changes a post. The new text shows at once. A newer version is never overwritten, but reported as a {@link Conflict}. People who have
 * moved to another page see a failure there. `onSaved` is called wherever they are.
 */
export function useUpdatePost(onSaved: () => void) {
  const { posts } = useApi();
  const { ledger } = useBoard();
  const read = useReadVersion();
  const texts = useTexts(messages);
  const toast = useToast();
  const router = useRouter();
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return useMutation({
    mutationFn: async ({ content, over }: Edit) => {
      try {
        return (await posts.updatePost(over.post.id, { content }, over.tag)).result;
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status !== 412) {
          throw error;
        }
        const theirs = await read(over.post.id);
        // A lost answer to the same change, or the same change made elsewhere.
        if (theirs.post.content === content.trim()) {
          return theirs.post;
        }
        throw new Conflict(content, theirs);
      }
    },
    networkMode: 'always',
    retry: retryAnswered,
    onMutate: ({ content, over }) => ledger.save(over.post.id, content.trim()),
    onSuccess: (post) => {
      ledger.learn(post);
      onSaved();
    },
    onError: (error, { over }) => {
      if (error instanceof Conflict) {
        ledger.learn(error.theirs.post);
      } else if (error instanceof ProblemError && error.status === 404) {
        ledger.forget(over.post.id);
      }
      if (!isShown.current && !(error instanceof ProblemError && error.status === 404)) {
        toast({
          message: texts.editFailed,
          action: { label: texts.show, onSelect: () => router.push(`/post?id=${over.post.id}`) },
          duration: 15_000,
        });
      }
    },
    onSettled: (_post, _error, { over }) => ledger.save(over.post.id, null),
  });
}
