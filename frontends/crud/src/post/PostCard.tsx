'use client';

import { useSession, type Post } from '@kumiko/api-client';
import { afterInteraction, late, MenuButton, RelativeTime, useTexts } from '@kumiko/ui';
import { PageLink } from '@kumiko/ui/next/link';
import { Ellipsis } from 'lucide-react';
import { memo, useCallback, useEffect, useState } from 'react';
import { focusPostIfNear } from '../board/focusPost';
import { messages } from '../messages';
import { PostText } from '../text/PostText';
import { PostFrame } from './PostFrame';

const loadMenu = () => import('./PostMenu');
const loadEditor = () => import('../compose/EditPost');
const loadRemoveDialog = () => import('./RemoveDialog');
const PostMenu = late(loadMenu);
const EditPost = late(loadEditor);
const RemoveDialog = late(loadRemoveDialog);

/** A post that can be read, changed and deleted. `onEditing` tells a list to keep the post on the page during editing. */
export const PostCard = memo(function PostCard({
  post,
  terms,
  isAlone = false,
  isSaving,
  onEditing,
  onDelete,
}: {
  post: Post;
  terms?: readonly string[];
  /** Whether the page is about this post, which is then not folded. */
  isAlone?: boolean;
  /** Whether the text is being sent to the server. */
  isSaving: boolean;
  onEditing?: (id: number, isEditing: boolean) => void;
  onDelete: (post: Post) => void;
}) {
  const texts = useTexts(messages);
  const { user } = useSession();
  const [isEditing, setEditing] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const name = post.username ?? texts.nobody;
  const isOwn = user?.id === post.user_id;
  const isModerator = user?.role === 'moderator' || user?.role === 'admin';

  // Load these early: there may be no network when they are needed.
  useEffect(() => afterInteraction(isModerator ? [loadMenu, loadEditor, loadRemoveDialog] : [loadMenu, loadEditor]), [isModerator]);

  const { id } = post;
  const edit = useCallback(
    (isNow: boolean): void => {
      setEditing(isNow);
      onEditing?.(id, isNow);
    },
    [id, onEditing],
  );

  // One's own post can be put back; somebody else's is deleted only after a question.
  function remove(): void {
    if (isOwn) {
      onDelete(post);
      return;
    }
    setAsked(true);
    setAsking(true);
  }

  const endEdit = useCallback((): void => {
    edit(false);
    requestAnimationFrame(() => focusPostIfNear(id));
  }, [edit, id]);

  return (
    <PostFrame
      userId={post.user_id}
      name={post.username}
      line={
        <>
          {post.username === null ? (
            <span className="text-muted italic">{name}</span>
          ) : (
            <PageLink prefetch={false} href={`/author?id=${post.user_id}`} className="font-semibold hover:underline">
              {name}
            </PageLink>
          )}
          <PageLink prefetch={false} href={`/post?id=${post.id}`} className="text-muted hover:underline">
            <RelativeTime value={post.created_at} />
          </PageLink>
          {isSaving ? (
            <span className="text-muted">{texts.saving}</span>
          ) : (
            post.updated_at !== post.created_at && (
              <span className="text-muted">
                · <time dateTime={post.updated_at}>{texts.edited}</time>
              </span>
            )
          )}
        </>
      }
      actions={
        <MenuButton
          label={texts.actions(name)}
          icon={<Ellipsis aria-hidden="true" className="size-5" />}
          className="-me-2.5"
          menu={(props) => (
            <PostMenu
              {...props}
              post={post}
              canEdit={isOwn && !isEditing}
              canDelete={isOwn || isModerator}
              onEdit={() => edit(true)}
              onDelete={remove}
            />
          )}
        />
      }
    >
      {isEditing && (user === null || isOwn) ? (
        <EditPost post={post} onEnd={endEdit} meanwhile={<PostText text={post.content} isFoldable={!isAlone} />} onFailed={endEdit} />
      ) : (
        <PostText text={post.content} terms={terms} isFoldable={!isAlone} />
      )}
      {isAsked && (
        <RemoveDialog
          name={name}
          excerpt={post.content.slice(0, 300)}
          open={isAsking}
          onOpenChange={setAsking}
          onRemove={() => onDelete(post)}
          onFailed={() => setAsked(false)}
        />
      )}
    </PostFrame>
  );
});
