'use client';

import type { User } from '@kumiko/api-client';
import { Avatar, Button, useTexts } from '@kumiko/ui';
import { messages } from '../messages';
import { faultOf } from '../text/rules';
import { composerCard } from './composerCard';
import { PostTextarea } from './PostTextarea';
import { useCreatePost } from './useCreatePost';
import { useDraft } from './useDraft';

/** The box in which a signed-in person writes a post. */
export default function Writer({ user }: { user: User }) {
  const texts = useTexts(messages);
  const [text, setText] = useDraft(user.id, 'board');
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
      className={`${composerCard} gap-3 focus-within:border-control sm:gap-4`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Avatar id={user.id} name={user.username} />
      <div className="flex min-w-0 grow flex-col justify-between gap-2">
        <PostTextarea
          label={texts.write}
          placeholder={texts.placeholder}
          value={text}
          onChange={setText}
          onSend={send}
          className="bg-transparent py-1.5 outline-none"
        />
        <div className="flex items-center justify-end gap-4">
          <p className="hidden text-xs text-muted sm:pointer-fine:block">
            {texts.postHint(/Mac|iP/.test(navigator.platform) ? '⌘' : 'Ctrl')}
          </p>
          <Button type="submit" kind="primary" disabled={fault !== null}>
            {texts.post}
          </Button>
        </div>
      </div>
    </form>
  );
}
