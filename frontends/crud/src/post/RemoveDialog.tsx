'use client';

import { Button, useSharedTexts, useTexts } from '@kumiko/ui';
import { Dialog } from '@kumiko/ui/Dialog';
import { messages } from '../messages';

/** Asks a moderator whether to delete somebody else's post, and says whose it is. */
export default function RemoveDialog({
  name,
  excerpt,
  open,
  onOpenChange,
  onRemove,
}: {
  name: string;
  /** The beginning of the post. */
  excerpt: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRemove: () => void;
}) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={texts.removeTitle(name)} description={texts.removeText}>
      <div className="flex flex-col gap-5">
        <blockquote className="line-clamp-3 border-s-2 border-line ps-3 text-sm break-words text-muted">{excerpt}</blockquote>
        <div className="flex flex-wrap justify-end gap-3">
          <Button kind="quiet" onClick={() => onOpenChange(false)}>
            {shared.cancel}
          </Button>
          <Button
            kind="danger"
            onClick={() => {
              onOpenChange(false);
              onRemove();
            }}
          >
            {texts.removeIt}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
