'use client';

import { useOnline } from '@kumiko/browser';
import { Button, buttonClass, describeProblem, Spinner, useSharedTexts, useTexts, useToast } from '@kumiko/ui';
import { useBoard } from '../board/context';
import type { UnsentPost } from '../board/Outbox';
import { useCreatePost } from '../compose/useCreatePost';
import { messages } from '../messages';
import { PostFrame } from '../post/PostFrame';
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
    <PostFrame
      userId={post.userId}
      name={name}
      line={
        <>
          <span className="font-semibold">{name}</span>
          {!isFailed && (
            <span className="flex items-center gap-2 text-muted">
              <Spinner />
              {isOnline ? texts.sending : texts.waiting}
            </span>
          )}
        </>
      }
    >
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
          <div className="ms-auto flex flex-wrap justify-end gap-1">
            {post.error?.need === 'verified-email' && (
              <a href="/auth/account" className={buttonClass('quiet')}>
                {shared.account}
              </a>
            )}
            <Button kind="quiet" onClick={discard}>
              {texts.discard}
            </Button>
            <Button onClick={() => resend(post)}>{shared.retry}</Button>
          </div>
        </div>
      )}
    </PostFrame>
  );
}
