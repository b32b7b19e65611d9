'use client';

import type { Post } from '@kumiko/api-client';
import { useTexts, useToast } from '@kumiko/ui';
import { Menu, MenuItem, MenuSeparator } from '@kumiko/ui/Menu';
import { Link as LinkIcon, Pencil, Trash2 } from 'lucide-react';
import { useRef, type ReactElement } from 'react';
import { messages } from '../messages';

const icon = { 'aria-hidden': true, className: 'size-4' } as const;

/** The actions for a post. */
export default function PostMenu({
  trigger,
  post,
  canEdit,
  canDelete,
  onEdit,
  onDelete,
}: {
  trigger: ReactElement;
  post: Post;
  canEdit: boolean;
  canDelete: boolean;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const texts = useTexts(messages);
  const toast = useToast();
  const focusGoes = useRef(false);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(`${window.location.origin}/crud/post?id=${post.id}`);
      toast({ message: texts.copied });
    } catch {
      toast({ message: texts.copyFailed });
    }
  }

  // Otherwise the menu would take the focus back from where these actions move it.
  function leadAway(action: () => void): () => void {
    return () => {
      focusGoes.current = true;
      action();
    };
  }

  return (
    <Menu
      trigger={trigger}
      onCloseAutoFocus={(event) => {
        if (focusGoes.current) {
          focusGoes.current = false;
          event.preventDefault();
        }
      }}
    >
      <MenuItem icon={<LinkIcon {...icon} />} onSelect={() => void copy()}>
        {texts.copyLink}
      </MenuItem>
      {canEdit && (
        <MenuItem icon={<Pencil {...icon} />} onSelect={leadAway(onEdit)}>
          {texts.edit}
        </MenuItem>
      )}
      {canDelete && (
        <>
          <MenuSeparator />
          <MenuItem danger icon={<Trash2 {...icon} />} onSelect={leadAway(onDelete)}>
            {texts.remove}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
