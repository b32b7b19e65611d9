'use client';

import clsx from 'clsx';
import { useState, type ReactElement, type ReactNode } from 'react';

interface LateMenuProps {
  /** The button that opens and closes the menu once that has loaded. */
  trigger: ReactElement;
  meanwhile: ReactElement;
  onFailed: () => void;
}

/** A button with an icon, whose menu ({@link late}) is loaded when first needed. */
export function MenuButton({
  label,
  icon,
  className,
  menu,
}: {
  label: string;
  icon: ReactNode;
  className?: string;
  menu: (props: LateMenuProps) => ReactElement;
}) {
  const [isWanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-haspopup="menu"
      aria-expanded={false}
      className={clsx(
        'inline-flex size-11 shrink-0 items-center justify-center rounded-full text-muted transition-colors hover:bg-raised hover:text-ink',
        className,
      )}
      onClick={() => setWanted(true)}
    >
      {icon}
    </button>
  );
  return isWanted ? menu({ trigger: button, meanwhile: button, onFailed: () => setWanted(false) }) : button;
}
