'use client';

import { Button, RelativeTime, useTexts } from '@kumiko/ui';
import { Dialog } from '@kumiko/ui/Dialog';
import { useState, type ReactNode } from 'react';
import { messages } from '../messages';
import { faultOf } from '../text/rules';
import { union } from '../text/union';
import { PostTextarea } from './PostTextarea';
import type { Conflict } from './useUpdatePost';

/** Asks which of two texts to save, or for a combination. Closing it returns to the person's own text. */
export default function ConflictDialog({
  conflict: { mine, theirs },
  onSave,
  onTakeTheirs,
  onClose,
}: {
  conflict: Conflict;
  /** Saves a text over the current version. */
  onSave: (content: string) => void;
  onTakeTheirs: () => void;
  onClose: () => void;
}) {
  const texts = useTexts(messages);
  const [merged, setMerged] = useState<string | null>(null);

  function saveMerged(): void {
    if (merged !== null && faultOf(merged) === null) {
      onSave(merged);
    }
  }

  return (
    <Dialog open onOpenChange={onClose} title={texts.conflictTitle} description={texts.conflict} wide>
      <div className="grid gap-4 sm:grid-cols-2">
        <Side title={texts.mine} text={mine}>
          <Button className="w-full" onClick={() => onSave(mine)}>
            {texts.keepMine}
          </Button>
        </Side>
        <Side
          title={
            <>
              {texts.theirs} <RelativeTime value={theirs.post.updated_at} className="font-normal text-muted" />
            </>
          }
          text={theirs.post.content}
        >
          <Button className="w-full" onClick={onTakeTheirs}>
            {texts.takeTheirs}
          </Button>
        </Side>
      </div>
      <div className="mt-4 border-t border-line pt-4">
        {merged === null ? (
          <Button kind="quiet" className="w-full" onClick={() => setMerged(union(mine, theirs.post.content))}>
            {texts.mergeBoth}
          </Button>
        ) : (
          <>
            <PostTextarea
              label={texts.merged}
              value={merged}
              onChange={setMerged}
              onSend={saveMerged}
              isFocused
              rows={5}
              className="rounded-md border border-control bg-surface px-3 py-2"
            />
            <Button kind="primary" className="mt-3 w-full" disabled={faultOf(merged) !== null} onClick={saveMerged}>
              {texts.saveMerged}
            </Button>
          </>
        )}
      </div>
    </Dialog>
  );
}

function Side({ title, text, children }: { title: ReactNode; text: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3 rounded-md border border-line bg-paper p-4">
      <h3 className="text-sm font-semibold">{title}</h3>
      <p className="max-h-[30dvh] grow overflow-y-auto text-sm whitespace-pre-wrap [unicode-bidi:plaintext]">{text}</p>
      {children}
    </section>
  );
}
