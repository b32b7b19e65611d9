'use client';

import clsx from 'clsx';
import { useId, type InputHTMLAttributes, type ReactNode } from 'react';

/** A labelled input with its hint or, in its place, what is wrong with the value. */
export function TextField({
  label,
  hint,
  error,
  trailing,
  className,
  ...rest
}: Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> & {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  trailing?: ReactNode;
}) {
  const id = useId();
  const described = error !== undefined ? `${id}-error` : hint !== undefined ? `${id}-hint` : undefined;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          aria-invalid={error !== undefined}
          aria-describedby={described}
          className={clsx(
            'block min-h-12 w-full rounded-md border bg-surface px-3.5 text-base text-ink placeholder:text-muted',
            error === undefined ? 'border-control' : 'border-danger',
            trailing !== undefined && 'pe-12',
          )}
          {...rest}
        />
        {trailing !== undefined && <div className="absolute inset-y-0 end-0.5 flex items-center">{trailing}</div>}
      </div>
      {hint !== undefined && error === undefined && (
        <p id={`${id}-hint`} className="mt-1.5 text-xs text-muted">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}

/** What is wrong with a value, announced when it appears. */
function FieldError({ id, error }: { id?: string; error?: string | undefined }) {
  return (
    <p id={id} role="alert" className={clsx('text-sm text-danger', error !== undefined && 'mt-1.5')}>
      {error}
    </p>
  );
}
