'use client';

import { useOnline } from '@kumiko/browser';
import { Avatar, Button, describeProblem, Spinner, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import { useBoard } from '../board/context';
import type { UnsentPost } from '../board/Outbox';
import { useCreatePost } from '../compose/useCreatePost';
import { messages } from '../messages';
import { belowAvatar } from '../post/PostCard';
import { PostText } from '../text/PostText';

/** One of the person's own posts that is being sent, or could not be sent. */
export function UnsentCard({ post, name }: { post: UnsentPost; name: string }) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  const toast = useToast();
  const isOnline = useOnline();
  const { outbox } = useBoard();
  const { resend } = useCreatePost();
  const isFailed = post.state === 'failed';

  function discard(): void {
    outbox.remove(post.key);
    toast({ message: texts.discarded, action: { label: texts.undo, onSelect: () => outbox.restore(post) } });
  }

  return (
    <div className="flex gap-3 px-4 py-4 sm:gap-4 sm:px-5">
      <Avatar id={post.userId} name={name} className="mt-0.5" />
      <div className="min-w-0 grow">
        <p className="flex min-h-11 flex-wrap items-center gap-x-2 text-sm leading-5">
          <span className="font-semibold">{name}</span>
          {!isFailed && (
            <span className="flex items-center gap-2 text-muted">
              <Spinner />
              {isOnline ? texts.sending : texts.waiting}
            </span>
          )}
        </p>
        <div className={belowAvatar}>
          <PostText text={post.content} />
          {isFailed && (
            <div
              role="alert"
              className="mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md bg-danger-soft py-2 ps-4 pe-2 text-sm"
            >
              <p className="text-danger">
                <strong className="font-semibold">{texts.unsent}</strong>{' '}
                {post.error === null ? texts.leftOver : describeProblem(post.error, shared)}
              </p>
              <div className="ms-auto flex gap-1">
                <Button kind="quiet" onClick={discard}>
                  {texts.discard}
                </Button>
                <Button onClick={() => resend(post)}>{shared.retry}</Button>
              </div>
            </div>
          )}
        </div>
      </div>
    </div>
  );
}
