'use client';

import { useSession, type Post } from '@kumiko/api-client';
import { useTexts } from '@kumiko/ui';
import { elementIdOf } from '../board/focusPost';
import { messages } from '../messages';
import { PostCard } from '../post/PostCard';
import { UnsentCard } from './UnsentCard';
import type { Row } from './useRows';

/** One post of a feed, with its position for screen readers. `size` is -1 while the number of posts is unknown. */
export function FeedRow({
  row,
  position,
  size,
  terms,
  isSaving,
  onEditing,
  onDelete,
}: {
  row: Row;
  position: number;
  size: number;
  terms?: readonly string[];
  isSaving: boolean;
  onEditing: (id: number, isEditing: boolean) => void;
  onDelete: (post: Post) => void;
}) {
  const texts = useTexts(messages);
  const { user } = useSession();
  if ('unsent' in row) {
    const name = user?.username ?? '';
    return (
      <article aria-label={texts.postBy(name)} aria-posinset={position} aria-setsize={size}>
        <UnsentCard post={row.unsent} name={name} />
      </article>
    );
  }
  const { post } = row;
  return (
    <article
      id={elementIdOf(post.id)}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- The posts of a feed take the focus.
      tabIndex={0}
      aria-label={texts.postBy(post.username ?? texts.nobody)}
      aria-posinset={position}
      aria-setsize={size}
      className="scroll-my-24 rounded-lg focus-visible:-outline-offset-2"
    >
      <PostCard post={post} terms={terms} isSaving={isSaving} onEditing={onEditing} onDelete={onDelete} />
    </article>
  );
}
