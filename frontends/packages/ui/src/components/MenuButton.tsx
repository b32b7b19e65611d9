'use client';

import clsx from 'clsx';
import { useState, type ReactElement, type ReactNode } from 'react';
import { LatePart } from './LatePart';

/** A button with an icon, whose menu is loaded when first needed. `menu` receives the button that then opens and closes it. */
export function MenuButton({
  label,
  icon,
  className,
  menu,
}: {
  label: string;
  icon: ReactNode;
  className?: string;
  menu: (trigger: ReactElement) => ReactElement;
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
  return isWanted ? (
    <LatePart fallback={button} onFailed={() => setWanted(false)}>
      {menu(button)}
    </LatePart>
  ) : (
    button
  );
}
