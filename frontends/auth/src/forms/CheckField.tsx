'use client';

import clsx from 'clsx';
import { Check } from 'lucide-react';

/** A box to tick. It keeps what was ticked before the scripts ran; the form reads it by its name. */
export function CheckField({ name, label, isChecked }: { name: string; label: string; isChecked: boolean }) {
  return (
    <label className="inline-flex min-h-11 cursor-pointer items-center gap-3 text-sm font-medium">
      <span className="relative flex size-5 shrink-0">
        <input
          type="checkbox"
          name={name}
          defaultChecked={isChecked}
          className={clsx(
            'peer size-5 cursor-pointer appearance-none rounded-sm border border-control bg-surface',
            'checked:border-accent checked:bg-accent forced-colors:appearance-auto',
          )}
        />
        <Check
          aria-hidden="true"
          strokeWidth={3}
          className="pointer-events-none absolute inset-0.5 hidden size-4 text-on-accent peer-checked:block forced-colors:hidden!"
        />
      </span>
      {label}
    </label>
  );
}
