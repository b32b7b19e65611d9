'use client';

import clsx from 'clsx';
import { ChevronDown } from 'lucide-react';
import { useId } from 'react';

/** A labelled choice of one of a few values. */
export function SelectField<Value extends string>({
  label,
  value,
  choices,
  onChange,
  className,
}: {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  className?: string;
}) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value as Value)}
          className={clsx(
            'block min-h-12 w-full appearance-none truncate rounded-md border border-control bg-surface ps-3.5 pe-10 text-base text-ink',
            'forced-colors:appearance-auto',
          )}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 end-3.5 my-auto size-4 text-muted forced-colors:hidden"
        />
      </div>
    </div>
  );
}
