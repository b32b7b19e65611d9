'use client';

import { isTextField } from '@kumiko/browser';
import * as Radix from '@radix-ui/react-dropdown-menu';
import clsx from 'clsx';
import { Check } from 'lucide-react';
import { useState, type ReactNode } from 'react';

/**
 * A menu below its button, open at once unless the person is typing elsewhere by the time it has loaded. It needs a lot of code, so load it
 * with a {@link MenuButton}.
 */
export function Menu({
  trigger,
  onCloseAutoFocus,
  children,
}: {
  trigger: ReactNode;
  /** Called before the focus returns to the button. Prevent the default to move it elsewhere. */
  onCloseAutoFocus?: (event: Event) => void;
  children: ReactNode;
}) {
  const [isTyping] = useState(() => isTextField(document.activeElement));
  return (
    // Not modal: the page behind stays in place and keeps its scroll bar.
    <Radix.Root modal={false} defaultOpen={!isTyping}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      {/* Inside the main part of the page: people who navigate by landmarks don't find what is outside all of them. */}
      <Radix.Portal container={document.getElementById('content')}>
        <Radix.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          onCloseAutoFocus={onCloseAutoFocus}
          className="z-40 max-w-[calc(100vw-1.5rem)] min-w-56 rounded-md border border-line bg-surface p-1.5 text-sm text-ink shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const itemClass = clsx(
  'flex min-h-11 w-full cursor-pointer items-center gap-3 rounded-[0.4rem] px-3 outline-none select-none',
  'data-disabled:opacity-50 data-highlighted:bg-raised',
);

export function MenuItem({
  icon,
  danger = false,
  onSelect,
  children,
}: {
  icon?: ReactNode;
  danger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Radix.Item className={clsx(itemClass, danger && 'text-danger')} onSelect={onSelect}>
      {icon}
      {children}
    </Radix.Item>
  );
}

/** An item that is a link, given as its child. */
export function MenuLink({ icon, href, children }: { icon?: ReactNode; href: string; children: ReactNode }) {
  return (
    <Radix.Item asChild className={itemClass}>
      <a href={href}>
        {icon}
        {children}
      </a>
    </Radix.Item>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1.5 h-px bg-line" />;
}

/** One of several choices. */
export function MenuChoice<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string; lang?: string }[];
  onChange: (value: Value) => void;
}) {
  return (
    <Radix.RadioGroup aria-label={label} value={value} onValueChange={(chosen) => onChange(chosen as Value)}>
      <Radix.Label className="px-3 pt-2 pb-1 text-xs text-muted">{label}</Radix.Label>
      {choices.map((choice) => (
        <Radix.RadioItem key={choice.value} value={choice.value} lang={choice.lang} className={clsx(itemClass, 'justify-between')}>
          {choice.label}
          <Radix.ItemIndicator>
            <Check aria-hidden="true" className="size-4 text-accent" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
