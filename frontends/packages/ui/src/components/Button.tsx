import clsx from 'clsx';
import type { ButtonHTMLAttributes } from 'react';
import { Spinner } from './Spinner';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

const kinds: Record<ButtonKind, string> = {
  // The border is visible in forced-colours mode, which removes backgrounds.
  primary: 'border border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-control bg-surface text-ink hover:bg-raised',
  quiet: 'text-muted hover:bg-raised hover:text-ink',
  danger: 'border border-danger text-danger hover:bg-danger-soft',
};

/** The classes of a button, for links that look like one. */
export function buttonClass(kind: ButtonKind = 'secondary', className?: string): string {
  return clsx(
    'inline-flex min-h-11 items-center justify-center gap-2 rounded-md px-4 text-sm font-medium whitespace-nowrap',
    'transition-colors select-none',
    'disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55',
    kinds[kind],
    className,
  );
}

/** A button. While `busy`, it shows a spinner and ignores clicks. */
export function Button({
  kind,
  busy = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { kind?: ButtonKind; busy?: boolean }) {
  return (
    <button type="button" className={buttonClass(kind, className)} disabled={disabled === true || busy} aria-busy={busy} {...rest}>
      {busy && <Spinner />}
      {children}
    </button>
  );
}
