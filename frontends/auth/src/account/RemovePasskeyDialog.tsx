'use client';

import { Button, useSharedTexts, useTexts } from '@kumiko/ui';
import { Dialog } from '@kumiko/ui/Dialog';
import type { RefObject } from 'react';
import { messages } from '../messages';

/** Asks for confirmation before a passkey is removed. */
export default function RemovePasskeyDialog({
  name,
  open,
  fallback,
  onOpenChange,
  onConfirmed,
}: {
  name: string;
  open: boolean;
  fallback: RefObject<HTMLElement | null>;
  onOpenChange: (open: boolean) => void;
  onConfirmed: () => void;
}) {
  const texts = useTexts(messages);
  const shared = useSharedTexts();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      fallback={fallback}
      title={texts.removePasskeyTitle}
      description={texts.removePasskeyText(name)}
    >
      <div className="flex flex-wrap justify-end gap-3">
        <Button kind="quiet" onClick={() => onOpenChange(false)}>
          {shared.cancel}
        </Button>
        <Button
          kind="danger"
          onClick={() => {
            onOpenChange(false);
            onConfirmed();
          }}
        >
          {texts.removePasskey}
        </Button>
      </div>
    </Dialog>
  );
}
