'use client';

import type { SignedInSession } from '@kumiko/api-client';
import { Button, RelativeTime, useTexts } from '@kumiko/ui';
import { Monitor, Smartphone, Tablet, Terminal } from 'lucide-react';
import { messages } from '../messages';
import { readDevice } from './device';

const icons = { computer: Monitor, phone: Smartphone, tablet: Tablet };

/** A place where the account is signed in. The current session can't be ended here: that is signing out. */
export function SessionItem({ item, onEnd }: { item: SignedInSession; onEnd: (device: string) => void }) {
  const texts = useTexts(messages);
  const known = readDevice(item.device ?? '');
  const Icon = known === null ? Terminal : icons[known.kind];
  const name = known === null ? (item.device ?? texts.unknownDevice) : texts.device(known.browser, known.system);
  const address = item.address ?? texts.noAddress;
  return (
    <li className="flex items-center gap-4 p-4 sm:px-5">
      <span className="hidden size-10 shrink-0 items-center justify-center rounded-full bg-raised text-muted sm:flex">
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2.5 font-medium" title={item.device ?? undefined}>
          <span className="line-clamp-2">{name}</span>
          {item.current && (
            <span className="rounded-full bg-accent-soft px-2.5 py-0.5 text-xs font-medium text-accent">{texts.thisDevice}</span>
          )}
        </p>
        <p className="flex flex-wrap gap-x-4 text-xs text-muted">
          <span>{address}</span>
          <span>
            {texts.signedIn} <RelativeTime value={item.created_at} />
          </span>
          <span>
            {texts.lastUsed} <RelativeTime value={item.last_used_at} />
          </span>
        </p>
      </div>
      {!item.current && (
        <Button aria-haspopup="dialog" aria-label={texts.endNamed(name, address)} className="shrink-0" onClick={() => onEnd(name)}>
          {texts.end}
        </Button>
      )}
    </li>
  );
}
