'use client';

import type { Passkey } from '@kumiko/api-client';
import { IconButton, RelativeTime, useTexts } from '@kumiko/ui';
import { KeyRound, Pencil, Trash2 } from 'lucide-react';
import { messages } from '../messages';

/** A passkey, and what its owner can do with it. */
export function PasskeyItem({
  passkey,
  isBusy,
  onRename,
  onRemove,
}: {
  passkey: Passkey;
  isBusy: boolean;
  onRename: () => void;
  onRemove: () => void;
}) {
  const texts = useTexts(messages);
  return (
    <li className="flex items-center gap-3 py-2.5 ps-4 pe-1.5 sm:gap-4" aria-busy={isBusy}>
      <span className="hidden size-10 shrink-0 items-center justify-center rounded-full bg-raised text-muted sm:flex">
        <KeyRound aria-hidden="true" className="size-5" />
      </span>
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2.5 font-medium">
          <span className="min-w-0 break-words">{passkey.name}</span>
          {passkey.backed_up && (
            <span className="rounded-full bg-accent-soft px-2.5 py-0.5 text-xs font-medium text-accent">{texts.synced}</span>
          )}
        </p>
        <p className="flex flex-wrap gap-x-4 text-xs text-muted">
          <span>
            {texts.added} <RelativeTime value={passkey.created_at} />
          </span>
          <span>
            {passkey.last_used_at === null ? (
              texts.neverUsed
            ) : (
              <>
                {texts.lastUsed} <RelativeTime value={passkey.last_used_at} />
              </>
            )}
          </span>
        </p>
      </div>
      <div className="flex shrink-0">
        <IconButton label={texts.renameNamed(passkey.name)} aria-haspopup="dialog" onClick={onRename}>
          <Pencil aria-hidden="true" className="size-4" />
        </IconButton>
        <IconButton label={texts.removeNamed(passkey.name)} aria-haspopup="dialog" disabled={isBusy} onClick={onRemove}>
          <Trash2 aria-hidden="true" className="size-4" />
        </IconButton>
      </div>
    </li>
  );
}
