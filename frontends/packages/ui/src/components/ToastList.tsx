'use client';

import * as Radix from '@radix-ui/react-toast';
import { X } from 'lucide-react';
import { useSharedTexts } from '../language';
import { IconButton } from './IconButton';
import type { ShownToast } from './Toasts';

/** The messages that show at the moment. */
export default function ToastList({ toasts, onGone }: { toasts: ShownToast[]; onGone: (id: number) => void }) {
  const texts = useSharedTexts();
  return (
    <Radix.Provider label={texts.notifications} swipeDirection="down">
      {toasts.map((toast) => (
        <Radix.Root
          key={toast.id}
          duration={toast.duration ?? 6_000}
          onOpenChange={(isOpen) => {
            if (!isOpen) {
              onGone(toast.id);
            }
          }}
          className="flex animate-[kumiko-rise_150ms_ease-out] items-center gap-3 rounded-md bg-ink py-1.5 ps-4 pe-1.5 text-sm text-paper shadow-float"
        >
          <Radix.Description className="grow py-2">{toast.message}</Radix.Description>
          {toast.action !== undefined && (
            <Radix.Action altText={toast.action.label} onClick={toast.action.onSelect} className="min-h-11 rounded-md px-3 font-semibold underline-offset-4 hover:underline focus-visible:outline-paper">
              {toast.action.label}
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton label={texts.dismiss} className="text-inherit! hover:bg-paper/15! focus-visible:outline-paper">
              <X aria-hidden="true" className="size-4" />
            </IconButton>
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className="fixed inset-x-4 bottom-4 z-60 mx-auto flex max-w-md flex-col gap-2 outline-none" />
    </Radix.Provider>
  );
}
