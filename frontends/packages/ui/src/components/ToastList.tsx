'use client';

import clsx from 'clsx';
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useSharedTexts } from '../language';
import { IconButton } from './IconButton';
import { OfflineRoom } from './OfflineBanner';
import type { ShownToast } from './Toast';

/** The visible messages. They are announced as they appear; F8 moves the focus to them. */
export function ToastList({ toasts, onGone }: { toasts: readonly ShownToast[]; onGone: (id: number) => void }) {
  const texts = useSharedTexts();
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    function jump(event: KeyboardEvent): void {
      if (event.key === 'F8') {
        list.current?.querySelector('button')?.focus();
      }
    }
    window.addEventListener('keydown', jump);
    return () => window.removeEventListener('keydown', jump);
  }, []);

  return (
    <div
      ref={list}
      role="status"
      aria-label={texts.notifications}
      // On a phone, a dialog and its buttons are at the bottom.
      className={clsx(
        'pointer-events-none fixed inset-x-4 bottom-4 z-60 mx-auto flex max-w-md flex-col gap-2',
        'max-sm:in-[body:has([role=dialog])]:top-4 max-sm:in-[body:has([role=dialog])]:bottom-auto',
      )}
    >
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} onGone={() => onGone(toast.id)} />
      ))}
      <OfflineRoom />
    </div>
  );
}

function OneToast({ toast, onGone }: { toast: ShownToast; onGone: () => void }) {
  const texts = useSharedTexts();
  const [isHeld, setHeld] = useState(false);
  const gone = useRef(onGone);

  useEffect(() => {
    gone.current = onGone;
  });

  useEffect(() => {
    if (isHeld) {
      return;
    }
    const timer = setTimeout(() => gone.current(), toast.duration ?? 6_000);
    return () => clearTimeout(timer);
  }, [isHeld, toast.duration]);

  return (
    // Messages stay while a person reads or is about to use them.
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={clsx(
        'pointer-events-auto flex animate-[kumiko-rise_150ms_ease-out] items-center justify-end gap-x-3 rounded-md',
        'border border-transparent bg-ink py-1.5 ps-4 pe-1.5 text-sm text-paper shadow-float',
        // A long message uses the whole width, with its action below.
        toast.action !== undefined && 'flex-wrap',
      )}
    >
      <p className="grow py-2">{toast.message}</p>
      {toast.action !== undefined && (
        <button
          type="button"
          onClick={() => {
            toast.action?.onSelect();
            onGone();
          }}
          className={clsx(
            'min-h-11 rounded-md px-3 font-semibold whitespace-nowrap underline-offset-4 hover:underline',
            'focus-visible:outline-paper',
          )}
        >
          {toast.action.label}
        </button>
      )}
      <IconButton label={texts.dismiss} onClick={onGone} className="text-inherit! hover:bg-paper/15! focus-visible:outline-paper">
        <X aria-hidden="true" className="size-4" />
      </IconButton>
    </div>
  );
}
