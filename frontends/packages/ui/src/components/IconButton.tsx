import clsx from 'clsx';
import type { ButtonHTMLAttributes } from 'react';

/** A button with an icon; `label` says what it does. */
export function IconButton({ label, className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={clsx(
        'inline-flex size-11 shrink-0 items-center justify-center rounded-md text-muted transition-colors',
        'hover:bg-raised hover:text-ink disabled:opacity-55',
        className,
      )}
      {...rest}
    />
  );
}
