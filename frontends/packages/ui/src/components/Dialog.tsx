'use client';

import * as Radix from '@radix-ui/react-dialog';
import clsx from 'clsx';
import { X } from 'lucide-react';
import { useRef, type ReactNode, type RefObject } from 'react';
import { useSharedTexts } from '../language';
import { IconButton } from './IconButton';

/**
 * Asks or shows something above the page. The focus goes to its first field, if it has one. Esc and a click outside close it. The focus
 * returns to where it came from, or to `fallback` if that is gone.
 */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  wide = false,
  fallback,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  wide?: boolean;
  fallback?: RefObject<HTMLElement | null>;
  children: ReactNode;
}) {
  const texts = useSharedTexts();
  const opener = useRef<Element>(null);
  const content = useRef<HTMLDivElement>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.45)]" />
        <Radix.Content
          ref={content}
          {...(description === undefined && { 'aria-describedby': undefined })}
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement;
            // By itself, Radix focuses the first button, which closes the dialog.
            const field = content.current?.querySelector<HTMLInputElement>('input:not([hidden], [readonly], [disabled])') ?? null;
            if (field !== null) {
              event.preventDefault();
              field.focus();
            }
          }}
          // By itself, Radix returns the focus only to a trigger within the dialog's own tree.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const target = opener.current?.isConnected === true ? opener.current : fallback?.current;
            if (target instanceof HTMLElement) {
              target.focus();
            }
          }}
          className={clsx(
            'fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] overflow-y-auto rounded-t-lg border border-line bg-surface p-5',
            'shadow-float sm:inset-auto sm:start-1/2 sm:top-1/2 sm:w-[calc(100vw-3rem)] sm:-translate-x-1/2',
            'sm:-translate-y-1/2 sm:rounded-lg sm:p-6',
            'animate-[kumiko-rise_150ms_ease-out] sm:animate-none',
            wide ? 'sm:max-w-4xl' : 'sm:max-w-md',
          )}
        >
          <div className="mb-4">
            <div className="flex items-start justify-between gap-4">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton label={texts.close} className="-me-2 -my-2">
                  <X aria-hidden="true" className="size-5" />
                </IconButton>
              </Radix.Close>
            </div>
            {description !== undefined && <Radix.Description className="mt-1 text-sm text-muted">{description}</Radix.Description>}
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
