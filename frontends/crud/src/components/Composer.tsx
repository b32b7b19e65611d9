'use client';

import { useSession, type User } from '@kumiko/api-client';
import { Avatar, Button, buttonClass, signInAddress, Skeleton, useSharedTexts, useTexts } from '@kumiko/ui';
import { messages } from '../messages';
import { useCreatePost } from '../posts/useCreatePost';
import { useDraft } from '../posts/useDraft';
import { faultOf } from '../text/rules';
import { PostTextarea } from './PostTextarea';

// The same height whoever reads, so that nothing moves when that is known.
const card = 'mb-5 flex min-h-39 rounded-lg border border-line bg-surface p-4 shadow-card sm:p-5';

/** Where a post is written; for people who are not signed in, the way there. */
export function Composer() {
  const { status, user } = useSession();
  if (status === 'loading') {
    return (
      <>
        <div className={`${card} not-in-data-signed-in:hidden`} aria-hidden="true">
          <Skeleton className="size-10 rounded-full!" />
        </div>
        {/* Most likely for who was not signed in when last here (see boot.ts), and it need not wait for anything. */}
        <div className="in-data-signed-in:hidden">
          <Invitation />
        </div>
      </>
    );
  }
  return user === null ? <Invitation /> : <Writer key={user.id} user={user} />;
}

function Writer({ user }: { user: User }) {
  const texts = useTexts(messages);
  const [text, setText] = useDraft(`${user.id}.board`);
  const { create } = useCreatePost();
  const fault = faultOf(text);

  function send(): void {
    if (fault === null) {
      create(user.id, text.trim());
      setText('');
    }
  }

  return (
    <form
      aria-label={texts.write}
      className={`${card} gap-3 focus-within:border-control sm:gap-4`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Avatar name={user.username} />
      <div className="flex min-w-0 grow flex-col justify-between gap-2">
        <PostTextarea label={texts.write} placeholder={texts.placeholder} value={text} onChange={setText} onSend={send} className="bg-transparent py-1.5 outline-none" />
        <div className="flex items-center justify-end gap-4">
          <p className="hidden text-xs text-muted sm:pointer-fine:block">{texts.postHint(/Mac|iP/.test(navigator.platform) ? '⌘' : 'Ctrl')}</p>
          <Button type="submit" kind="primary" disabled={fault !== null}>
            {texts.post}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Invitation() {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  return (
    <section aria-label={texts.inviteTitle} className={`${card} lattice relative flex-col justify-center overflow-hidden`}>
      <div className="absolute inset-0 bg-linear-to-r from-surface from-55% to-transparent rtl:bg-linear-to-l" />
      <div className="relative">
        <p className="text-lg font-semibold">{texts.inviteTitle}</p>
        <p className="text-sm text-muted">{texts.invite}</p>
        <div className="mt-3 flex flex-wrap gap-2">
          <a href="/auth/register" onClick={(event) => (event.currentTarget.href = signInAddress('register'))} className={buttonClass('primary')}>
            {shared.register}
          </a>
          <a href="/auth/login" onClick={(event) => (event.currentTarget.href = signInAddress())} className={buttonClass('secondary')}>
            {shared.signIn}
          </a>
        </div>
      </div>
    </section>
  );
}
